/** The whole system in one process, and what is built on it: {@code up}, {@code demo}, {@code topics}. */
@NullMarked
package dev.forebear.cli.system;

import org.jspecify.annotations.NullMarked;
