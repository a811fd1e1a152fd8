/** {@code registry}: the connected registries of a running instance. */
@NullMarked
package dev.forebear.cli.registry;

import org.jspecify.annotations.NullMarked;
