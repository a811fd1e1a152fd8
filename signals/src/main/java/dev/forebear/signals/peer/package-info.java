/** Signals of Cisco's Model Provenance Kit: reported and drawn, never decisive. */
@NullMarked
package dev.forebear.signals.peer;

import org.jspecify.annotations.NullMarked;
