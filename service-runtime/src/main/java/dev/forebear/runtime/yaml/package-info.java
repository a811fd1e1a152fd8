/** Settings files: YAML with the line and column of everything, and all problems told at once. */
@NullMarked
package dev.forebear.runtime.yaml;

import org.jspecify.annotations.NullMarked;
