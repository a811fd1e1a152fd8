/** Past uploads, held against what is known and against a policy. */
@NullMarked
package dev.forebear.replay;

import org.jspecify.annotations.NullMarked;
