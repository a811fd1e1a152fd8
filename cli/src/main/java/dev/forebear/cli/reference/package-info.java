/** Reference models: known bases, with who published them, in files and in a running instance. */
@NullMarked
package dev.forebear.cli.reference;

import org.jspecify.annotations.NullMarked;
