/** Telling people: channels, what they are told, and how often it is tried. */
@NullMarked
package dev.forebear.alerts.delivery;

import org.jspecify.annotations.NullMarked;
