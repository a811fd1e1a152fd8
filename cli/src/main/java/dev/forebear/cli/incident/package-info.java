/** The day on which a model turns out to be poisoned: what descends from it, and that nothing more does unseen. */
@NullMarked
package dev.forebear.cli.incident;

import org.jspecify.annotations.NullMarked;
