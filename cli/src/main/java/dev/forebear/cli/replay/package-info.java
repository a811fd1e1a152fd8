/** {@code replay}: past uploads by what is known today, as documents for auditors. */
@NullMarked
package dev.forebear.cli.replay;

import org.jspecify.annotations.NullMarked;
