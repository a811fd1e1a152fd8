/** Commands that make, list and end the tokens of programs. */
@NullMarked
package dev.forebear.cli.token;

import org.jspecify.annotations.NullMarked;
