/** Many objects make one model: tells when they are all there. */
@NullMarked
package dev.forebear.ingest.completion;

import org.jspecify.annotations.NullMarked;
