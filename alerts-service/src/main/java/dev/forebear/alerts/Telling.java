package dev.forebear.alerts;

import dev.forebear.alerts.delivery.Couriers;
import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.alerts.projection.Owed;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.schemas.wire.LineageAlert;
import java.util.Collection;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Brings what was decided to the couriers. */
final class Telling implements Handover {

    private final Projection projection;
    private final Couriers couriers;

    Telling(Projection projection, Couriers couriers) {
        this.projection = projection;
        this.couriers = couriers;
    }

    void written(LineageAlert alert, RecordMetadata place) {
        projection.apply(AlertEntry.of(alert, Owed.of(alert), place.partition(), place.offset()));
        AlertEntry entry = projection.alert(alert.getAlertId());
        if (entry != null) {
            couriers.deliver(entry);
        }
    }

    @Override
    public void taken(Collection<Integer> partitions) {
        couriers.takeOver(partitions);
    }

    @Override
    public void given(Collection<Integer> partitions) throws InterruptedException {
        couriers.giveBack(partitions);
    }
}
