/** The database of the peer, read as it lies. Nothing that it says is taken on trust. */
@NullMarked
package dev.forebear.cli.reference.peer;

import org.jspecify.annotations.NullMarked;
