/** A running instance, as commands reach it: over HTTP, or over its topics. */
@NullMarked
package dev.forebear.cli.instance;

import org.jspecify.annotations.NullMarked;
