/** What commands share in how they speak to people and to programs. */
@NullMarked
package dev.forebear.cli.console;

import org.jspecify.annotations.NullMarked;
