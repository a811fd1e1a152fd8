package dev.forebear.alerts.page;

import dev.forebear.alerts.Wire;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.WireConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.specific.SpecificRecord;

/** Writes what an organisation would have in its topics after a month. */
record Seeds(Wire broker, WireConfig wire, Instant now) {

    static Seeds write(Wire broker, WireConfig wire) {
        var seeds = new Seeds(broker, wire, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        new SeededModels(seeds).write();
        new SeededAlerts(seeds).write();
        new SeededOperations(seeds).write();
        broker.flush();
        return seeds;
    }

    <V extends SpecificRecord> void write(Topic<V> topic, String key, V value) {
        broker.send(wire, topic, key, value);
    }

    /** Writes a record and answers where it is. */
    <V extends SpecificRecord> long offsetOf(Topic<V> topic, String key, V value) {
        return broker.write(wire, topic, key, value).offset();
    }

    Instant ago(Duration duration) {
        return now.minus(duration);
    }
}
