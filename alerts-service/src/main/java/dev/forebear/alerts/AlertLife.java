package dev.forebear.alerts;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.Resolution;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert stands, by what is known of it at one moment. Settling an alert that is settled changes nothing.
 *
 * @param exceptions all there are
 * @param routes channels that a new revision of an alert is owed to
 */
record AlertLife(GrantedExceptions exceptions, Function<LineageAlert, Collection<String>> routes, Instant now) {

    /** Settles an alert of which nothing but the time or the exceptions have changed. */
    LineageAlert settled(LineageAlert alert) {
        return settled(alert, alert, Resolution.FINDING_GONE);
    }

    /**
     * Brings an alert into the state that the facts ask for.
     *
     * @param before as it is written; null for a new one
     * @param facts the same with what was found since: versions, words, evidence
     * @param ifGone why it is over when no version has the finding
     */
    LineageAlert settled(@Nullable LineageAlert before, LineageAlert facts, Resolution ifGone) {
        PolicyException exception = exceptions.covering(facts, now).orElse(null);
        LineageAlert.Builder next = LineageAlert.newBuilder(facts);
        if (before == null) {
            begin(next, exception);
        } else if (facts.getVersions().isEmpty()) {
            end(next, ifGone);
        } else if (exception != null) {
            except(next, exception);
        } else {
            continueWith(before, next);
        }
        LineageAlert settled = next.build();
        // The time of a change is not a change.
        return settled.equals(before) ? settled : next.setUpdatedAt(now).build();
    }

    private void begin(LineageAlert.Builder alert, @Nullable PolicyException exception) {
        alert.setRevision(1);
        alert.setRevisedAt(now);
        alert.setOpenedAt(now);
        if (exception == null) {
            enter(alert, AlertState.OPEN, null, null);
            alert.setRoutes(List.copyOf(routes.apply(alert.build())));
        } else {
            enter(alert, AlertState.RESOLVED, exception.getGrantedBy(), exception.getReason());
            alert.setResolution(Resolution.EXCEPTED);
            alert.setExceptionId(exception.getExceptionId());
        }
    }

    private void end(LineageAlert.Builder alert, Resolution why) {
        if (alert.getState() != AlertState.RESOLVED) {
            enter(alert, AlertState.RESOLVED, null, null);
            alert.setResolution(why);
            revise(alert);
        } else if (alert.getResolution() == Resolution.EXCEPTED) {
            alert.setResolution(why);
            alert.setExceptionId(null);
        }
    }

    private void except(LineageAlert.Builder alert, PolicyException exception) {
        boolean over = alert.getState() == AlertState.RESOLVED;
        if (over && alert.getResolution() == Resolution.BY_HAND) {
            return;
        }
        boolean covered = over && exception.getExceptionId().equals(alert.getExceptionId());
        if (!covered) {
            enter(alert, AlertState.RESOLVED, exception.getGrantedBy(), exception.getReason());
            alert.setResolution(Resolution.EXCEPTED);
            alert.setExceptionId(exception.getExceptionId());
        }
        if (!over) {
            revise(alert);
        }
    }

    private void continueWith(LineageAlert before, LineageAlert.Builder alert) {
        String change = change(before, alert);
        switch (before.getState()) {
            case OPEN, ACKNOWLEDGED -> {
                if (alert.getSeverity().compareTo(before.getSeverity()) > 0) {
                    owe(alert);
                }
            }
            case SNOOZED -> {
                Instant until = before.getSnoozedUntil();
                if (change != null && before.getSnoozedUntilChange()) {
                    reopen(alert, "Snoozed until a change: " + change);
                } else if (until != null && !now.isBefore(until)) {
                    reopen(alert, "The snooze has ended.");
                }
            }
            case RESOLVED -> {
                if (before.getResolution() == Resolution.EXCEPTED) {
                    reopen(alert, whyUncovered(before));
                } else if (before.getResolution() != Resolution.BY_HAND) {
                    reopen(alert, "Found again.");
                } else if (change != null) {
                    reopen(alert, "Resolved by hand, but since then: " + change);
                }
            }
        }
    }

    /** What changed of the finding, in a sentence; null when nothing did. */
    private static @Nullable String change(LineageAlert before, LineageAlert.Builder after) {
        var known = before.getVersions().stream()
                .map(AlertVersion::getModelVersionId)
                .collect(Collectors.toSet());
        for (AlertVersion version : after.getVersions()) {
            String id = version.getModelVersionId();
            if (!known.contains(id)) {
                return "version " + ModelVersionId.parse(id).version() + " has the finding.";
            }
        }
        return before.getVerdict() == after.getVerdict() ? null : "the weights prove it otherwise.";
    }

    private String whyUncovered(LineageAlert before) {
        PolicyException exception = exceptions.byId(before.getExceptionId()).orElse(null);
        if (exception == null) {
            return "The exception is gone.";
        }
        if (GrantedExceptions.isInForce(exception, now)) {
            return "The exception does not cover every version that has the finding.";
        }
        return exception.getRevokedBy() == null
                ? "The exception of " + exception.getOwner() + " lapsed."
                : "The exception of " + exception.getOwner() + " was revoked by " + exception.getRevokedBy() + ".";
    }

    private void reopen(LineageAlert.Builder alert, String why) {
        enter(alert, AlertState.OPEN, null, why);
        owe(alert);
    }

    private void owe(LineageAlert.Builder alert) {
        revise(alert);
        alert.setRoutes(List.copyOf(routes.apply(alert.build())));
    }

    private void revise(LineageAlert.Builder alert) {
        alert.setRevision(alert.getRevision() + 1);
        alert.setRevisedAt(now);
    }

    private void enter(LineageAlert.Builder alert, AlertState state, @Nullable String by, @Nullable String why) {
        enter(alert, state, by, why, now);
    }

    /** Enters a state by itself or by somebody's act; what belongs to the former state goes. */
    static void enter(
            LineageAlert.Builder alert, AlertState state, @Nullable String by, @Nullable String why, Instant at) {
        alert.setState(state);
        alert.setStateBy(by);
        alert.setStateReason(why);
        alert.setStateAt(at);
        alert.setResolution(null);
        alert.setExceptionId(null);
        alert.setSnoozedUntil(null);
        alert.setSnoozedUntilChange(false);
    }
}
