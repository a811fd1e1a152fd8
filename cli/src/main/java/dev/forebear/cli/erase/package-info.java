/** {@code erase}: forgets a model. */
@NullMarked
package dev.forebear.cli.erase;

import org.jspecify.annotations.NullMarked;
