/** The join of every fingerprint with all fingerprints, partitioned by shard. */
@NullMarked
package dev.forebear.match;

import org.jspecify.annotations.NullMarked;
