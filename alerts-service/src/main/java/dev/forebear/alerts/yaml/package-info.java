/** Settings files: YAML with the line and column of everything, and all problems told at once. */
@NullMarked
package dev.forebear.alerts.yaml;

import org.jspecify.annotations.NullMarked;
