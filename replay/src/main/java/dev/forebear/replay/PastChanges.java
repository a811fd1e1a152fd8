package dev.forebear.replay;

import dev.forebear.match.FormerNames;
import dev.forebear.schemas.Erasures;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** What registries told of models after their upload. */
final class PastChanges {

    private final List<Change> all = new ArrayList<>();
    private final Map<String, List<Change>> byModel = new HashMap<>();
    private final FormerNames names = new FormerNames();
    private final Erasures erasures = new Erasures();

    private PastChanges() {}

    /** A record of {@code model-changes}. */
    record Change(int partition, long offset, ModelChanged change) {}

    static PastChanges read(TopicReading reading, ReplayedInstance instance, Collection<TopicPosition> positions)
            throws IOException {
        var past = new PastChanges();
        Deserializer<ModelChanged> changes = instance.deserializer(Topics.MODEL_CHANGES);
        reading.read(Topics.MODEL_CHANGES, positions, records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                past.add(record, changes);
            }
        });
        return past;
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Deserializer<ModelChanged> changes) {
        ModelChanged change;
        try {
            change = changes.deserialize(record.topic(), record.value());
        } catch (SerializationException undecodable) {
            // Who consumes it put it aside.
            return;
        }
        if (change != null) {
            var placed = new Change(record.partition(), record.offset(), change);
            all.add(placed);
            byModel.computeIfAbsent(change.getRegistry() + "/" + change.getName(), id -> new ArrayList<>(1))
                    .add(placed);
            names.add(change);
            erasures.add(change);
        }
    }

    /** All, in the order of their partitions' records. */
    List<Change> all() {
        return all;
    }

    /** Those that name an uploaded version as it was announced, in their order. */
    List<Change> of(ModelUploaded upload) {
        return byModel.getOrDefault(upload.getRegistry() + "/" + upload.getName(), List.of()).stream()
                .filter(one -> one.change().getVersion() == null
                        || one.change().getVersion().equals(upload.getVersion()))
                .toList();
    }

    /** Whether an upload was erased: neither it nor anything said of it is replayed. */
    boolean erased(ModelUploaded upload) {
        return erasures.cover(upload.getRegistry(), upload.getName(), upload.getVersion(), upload.getUploadedAt());
    }

    /** Whether it was erased, although its deletion may not be written yet. */
    boolean erased(ModelFingerprint model) {
        return erasures.cover(model.getRegistry(), model.getName(), model.getVersion(), model.getUploadedAt());
    }

    /** Whether it is about what was erased. */
    boolean erased(LineageReport report) {
        return erasures.cover(report.getRegistry(), report.getName(), report.getVersion(), report.getUploadedAt());
    }

    /** What else a model is or was called. */
    List<String> otherNames(ModelFingerprint model) {
        return names.of(model);
    }
}
