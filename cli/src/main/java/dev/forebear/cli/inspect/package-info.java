/** What a checkpoint holds. */
@NullMarked
package dev.forebear.cli.inspect;

import org.jspecify.annotations.NullMarked;
