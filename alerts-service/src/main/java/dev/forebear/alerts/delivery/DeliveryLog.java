package dev.forebear.alerts.delivery;

import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.schemas.wire.AlertDelivery;

/** Where attempts are written down; a written one survives the process. */
public interface DeliveryLog {

    /**
     * Writes an attempt down; returns when it is safe.
     *
     * @throws InterruptedException when the service stops first
     */
    void record(AlertDelivery delivery) throws InterruptedException;

    /**
     * Puts an alert aside that a channel could not be told.
     *
     * @param message one line: which channel, what it answered
     * @throws InterruptedException when the service stops first
     */
    void giveUp(AlertEntry entry, String message, int attempts) throws InterruptedException;
}
