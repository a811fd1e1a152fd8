package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.MessagePurpose;
import dev.forebear.schemas.wire.ToldAlert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way: what it tells of stays the same over all attempts.
 *
 * @param changes what the channel calls the message that this one changes; null when it tells what is owed
 * @param attempts made so far
 * @param firstAt when it was first tried
 * @param nextAt not to be tried before
 */
record Parcel(
        String id,
        MessagePurpose purpose,
        List<Pending> tells,
        @Nullable String changes,
        int attempts,
        Instant firstAt,
        Instant nextAt) {

    Parcel {
        tells = List.copyOf(tells);
    }

    static Parcel telling(String channel, Step.Tell step, Instant now) {
        return new Parcel(MessageId.telling(channel, step.alerts()), step.purpose(), step.alerts(), null, 0, now, now);
    }

    static Parcel changing(String channel, String reference, List<Pending> alerts, Instant now) {
        return new Parcel(
                MessageId.changing(channel, reference, alerts), MessagePurpose.ALERTS, alerts, reference, 0, now, now);
    }

    static Parcel unfinished(Ledger.Unfinished unfinished, List<Pending> contents) {
        return new Parcel(
                unfinished.messageId(),
                unfinished.purpose(),
                contents,
                null,
                unfinished.attempt(),
                unfinished.firstAt(),
                unfinished.nextAt());
    }

    Parcel after(int attempt, Instant next) {
        return new Parcel(id, purpose, tells, changes, attempt, firstAt, next);
    }

    Parcel telling(List<Pending> alerts) {
        return new Parcel(id, purpose, alerts, changes, attempts, firstAt, nextAt);
    }

    /**
     * The record of the attempt after those made so far.
     *
     * @param reference what the channel calls the message; null when it gave no name
     * @param next when it is tried again; null when it is not
     */
    AlertDelivery delivery(
            String channel,
            Answer answer,
            DeliveryOutcome outcome,
            @Nullable String reference,
            @Nullable Instant next,
            Instant now) {
        Pending first = tells.isEmpty() ? null : tells.getFirst();
        return AlertDelivery.newBuilder()
                .setAlertId(first == null ? "" : first.alertId())
                .setChannel(channel)
                .setState(first == null ? AlertState.OPEN : first.state())
                .setOutcome(outcome)
                .setAttempt(attempts + 1)
                .setDetail(answer.detail())
                .setAt(now)
                .setMessageId(id)
                .setPurpose(purpose)
                .setTells(tells.stream()
                        .map(alert -> new ToldAlert(alert.alertId(), alert.revision(), alert.state()))
                        .toList())
                .setStatusCode(answer.status())
                .setReference(reference)
                .setNextAttemptAt(next)
                .build();
    }
}
