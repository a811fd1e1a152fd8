package dev.forebear.replay;

import java.time.Instant;

/**
 * An alert as it was before the positions.
 *
 * @param partition of {@code lineage-alerts}
 * @param offset of its last record there
 */
record PastAlert(int partition, long offset, Instant openedAt) {}
