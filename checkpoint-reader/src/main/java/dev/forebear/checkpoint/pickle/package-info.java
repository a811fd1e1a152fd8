/** Python pickles, read as data: every opcode is understood, and none of the calls that they describe is made. */
@NullMarked
package dev.forebear.checkpoint.pickle;

import org.jspecify.annotations.NullMarked;
