/** Number formats of weights and their widening to float. */
@NullMarked
package dev.forebear.checkpoint.numbers;

import org.jspecify.annotations.NullMarked;
