/** Two checkpoints head to head: for the terminal, for programs and as a page. */
@NullMarked
package dev.forebear.cli.compare;

import org.jspecify.annotations.NullMarked;
