package dev.forebear.alerts;

import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Resolution;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people do with alerts. Channels are not told: who acts knows. */
final class AlertActions {

    private AlertActions() {}

    /**
     * An alert after an action.
     *
     * @param ignored why the action changed nothing; null when it did
     */
    record Acted(LineageAlert alert, @Nullable String ignored) {}

    /** @param offset of the action in its partition */
    static Acted applied(LineageAlert before, AlertAction action, long offset, Instant now) {
        LineageAlert.Builder alert =
                LineageAlert.newBuilder(before).setNextActionOffset(offset + 1).setUpdatedAt(now);
        String ignored =
                switch (action.getKind()) {
                    case ACKNOWLEDGE -> acknowledge(alert, action);
                    case SNOOZE -> snooze(alert, action);
                    case RESOLVE -> resolve(alert, action);
                    case REOPEN -> reopen(alert, action);
                    case COMMENT -> null;
                };
        return new Acted(alert.build(), ignored);
    }

    private static @Nullable String acknowledge(LineageAlert.Builder alert, AlertAction action) {
        return switch (alert.getState()) {
            case OPEN, SNOOZED -> enter(alert, AlertState.ACKNOWLEDGED, action);
            case ACKNOWLEDGED, RESOLVED -> isAlready(alert);
        };
    }

    private static @Nullable String snooze(LineageAlert.Builder alert, AlertAction action) {
        Instant until = action.getUntil();
        if (alert.getState() == AlertState.RESOLVED) {
            return isAlready(alert);
        }
        if (until == null && !action.getUntilChange()) {
            return "a snooze needs an end";
        }
        if (until != null && !until.isAfter(action.getAt())) {
            return "the snooze would end before it begins";
        }
        enter(alert, AlertState.SNOOZED, action);
        alert.setSnoozedUntil(until);
        alert.setSnoozedUntilChange(action.getUntilChange());
        return null;
    }

    private static @Nullable String resolve(LineageAlert.Builder alert, AlertAction action) {
        if (alert.getState() == AlertState.RESOLVED) {
            return isAlready(alert);
        }
        enter(alert, AlertState.RESOLVED, action);
        alert.setResolution(Resolution.BY_HAND);
        return null;
    }

    private static @Nullable String reopen(LineageAlert.Builder alert, AlertAction action) {
        return switch (alert.getState()) {
            case OPEN -> isAlready(alert);
            case ACKNOWLEDGED, SNOOZED -> enter(alert, AlertState.OPEN, action);
            case RESOLVED -> {
                if (alert.getVersions().isEmpty()) {
                    yield "no version has the finding";
                }
                yield alert.getResolution() == Resolution.EXCEPTED
                        ? "an exception covers the alert"
                        : enter(alert, AlertState.OPEN, action);
            }
        };
    }

    private static @Nullable String enter(LineageAlert.Builder alert, AlertState state, AlertAction action) {
        AlertLife.enter(alert, state, action.getAuthor(), action.getReason(), action.getAt());
        return null;
    }

    private static String isAlready(LineageAlert.Builder alert) {
        return "the alert is " + alert.getState().name().toLowerCase(Locale.ROOT);
    }
}
