/** {@code channel}: the channels of a running instance. */
@NullMarked
package dev.forebear.cli.channel;

import org.jspecify.annotations.NullMarked;
