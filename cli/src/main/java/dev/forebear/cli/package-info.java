/** The program: its root command, its exit codes and the one place where failures become lines. */
@NullMarked
package dev.forebear.cli;

import org.jspecify.annotations.NullMarked;
