/** Statistics with a known distribution for independently trained models; they decide the verdict. */
@NullMarked
package dev.forebear.signals.evidence;

import org.jspecify.annotations.NullMarked;
