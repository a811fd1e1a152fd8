/** One checkpoint against everything known: a folder of references, or a running instance. */
@NullMarked
package dev.forebear.cli.scan;

import org.jspecify.annotations.NullMarked;
