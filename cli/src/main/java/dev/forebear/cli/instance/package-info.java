/** A running instance, as commands reach it over HTTP. */
@NullMarked
package dev.forebear.cli.instance;

import org.jspecify.annotations.NullMarked;
