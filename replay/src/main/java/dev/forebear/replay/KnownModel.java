package dev.forebear.replay;

import java.time.Instant;

/**
 * The last word on the weights of a model version before the positions, but for the fingerprint itself.
 *
 * @param partition of {@code model-fingerprints}
 * @param offset there
 * @param place of the whole record in the spill
 * @param uploadEventId the announcement that it answers
 * @param isFingerprinted whether the weights could be read
 * @param algorithmVersion of the fingerprint; 0 without one
 */
record KnownModel(
        int partition,
        long offset,
        long place,
        String uploadEventId,
        boolean isFingerprinted,
        int algorithmVersion,
        Instant uploadedAt,
        Instant fingerprintedAt) {}
