/** Pages that commands write: one HTML file each, which needs nothing else. */
@NullMarked
package dev.forebear.cli.page;

import org.jspecify.annotations.NullMarked;
