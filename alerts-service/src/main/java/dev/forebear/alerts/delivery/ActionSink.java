package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertAction;
import java.util.List;

/** Where what people do with alerts is written down. */
public interface ActionSink {

    /**
     * Writes actions; returns when they are safe.
     *
     * @throws InterruptedException when the service stops first
     */
    void act(List<AlertAction> actions) throws InterruptedException;
}
