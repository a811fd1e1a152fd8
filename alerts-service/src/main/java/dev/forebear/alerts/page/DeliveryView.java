package dev.forebear.alerts.page;

import dev.forebear.schemas.wire.AlertDelivery;
import org.jspecify.annotations.Nullable;

/** An attempt to tell a channel. */
record DeliveryView(
        String alertId,
        String channel,
        String state,
        String outcome,
        int attempt,
        @Nullable String detail,
        String at) {

    static DeliveryView of(AlertDelivery delivery) {
        return new DeliveryView(
                delivery.getAlertId(),
                delivery.getChannel(),
                Json.word(delivery.getState()),
                Json.word(delivery.getOutcome()),
                delivery.getAttempt(),
                delivery.getDetail(),
                delivery.getAt().toString());
    }
}
