package dev.forebear.alerts.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Wire;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.WireConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A read model in a folder that follows the topics of a test broker, for tests. */
public final class FollowedReadModel implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Wire broker;
    private final WireConfig wire;
    private final ReadModel model;
    private final TopicFollower follower;

    private FollowedReadModel(Wire broker, WireConfig wire, ReadModel model) {
        this.broker = broker;
        this.wire = wire;
        this.model = model;
        this.follower = TopicFollower.start(wire.kafka(), broker.schemas(), model);
    }

    /** Opens the file {@code alerts.db} in the folder and begins to follow. */
    public static FollowedReadModel open(Wire broker, WireConfig wire, Path folder) {
        return new FollowedReadModel(broker, wire, ReadModel.open(folder.resolve("alerts.db")));
    }

    public ReadModel model() {
        return model;
    }

    public TopicFollower follower() {
        return follower;
    }

    /** Writes a record and returns when it is in the tables. */
    public <V extends SpecificRecord> RecordMetadata write(Topic<V> topic, String key, V value) throws Exception {
        RecordMetadata written = broker.write(wire, topic, key, value);
        assertThat(follower.await(written.topic(), written.partition(), written.offset(), TIMEOUT))
                .isTrue();
        return written;
    }

    /** Waits until everything that the topics hold now is in the tables. */
    public void catchUp() throws Exception {
        assertThat(follower.catchUp(TIMEOUT)).isTrue();
    }

    @Override
    public void close() {
        follower.close();
        model.close();
    }
}
