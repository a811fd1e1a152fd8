package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody wants to do with an alert. */
record ActionRequest(
        AlertActionKind kind,
        @Nullable String reason,
        @Nullable Instant until,
        boolean untilChange) {

    private static final List<String> KINDS =
            Arrays.stream(AlertActionKind.values()).map(Json::word).toList();
    private static final int MAX_REASON = 2_000;

    ActionRequest {
        if (reason == null && (kind == AlertActionKind.RESOLVE || kind == AlertActionKind.COMMENT)) {
            throw Parameters.wrong("reason", "a text, to " + Json.word(kind), "none");
        }
        if (kind == AlertActionKind.SNOOZE && until == null && !untilChange) {
            throw Parameters.wrong("until", "a time, or untilChange, to snooze", "neither");
        }
        if (kind != AlertActionKind.SNOOZE && (until != null || untilChange)) {
            throw Parameters.wrong(until == null ? "untilChange" : "until", "none, to " + Json.word(kind), "one");
        }
    }

    static ActionRequest of(Body body, Instant now) {
        Instant until = body.time("until");
        return new ActionRequest(
                AlertActionKind.valueOf(body.choice("kind", KINDS).toUpperCase(Locale.ROOT)),
                body.text("reason", MAX_REASON),
                until == null ? null : Ends.checked("until", until, now),
                body.flag("untilChange"));
    }

    /** @param via way it came by */
    AlertAction action(String alertId, String actionId, String author, String via, Instant now) {
        return AlertAction.newBuilder()
                .setAlertId(alertId)
                .setKind(kind)
                .setAuthor(author)
                .setReason(reason)
                .setUntil(until)
                .setAt(now)
                .setActionId(actionId)
                .setUntilChange(untilChange)
                .setVia(via)
                .build();
    }
}
