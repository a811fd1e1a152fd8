package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.Severity;
import java.time.Instant;

/**
 * As much of an alert as it takes to decide when and with what others it is told.
 *
 * @param since when its revision became owed
 * @param registry alias of the registry of the derived model
 */
record Pending(
        String alertId,
        int revision,
        AlertState state,
        Severity severity,
        GroupKey group,
        String registry,
        Instant since) {

    boolean isOver() {
        return state == AlertState.RESOLVED;
    }
}
