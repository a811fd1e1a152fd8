package dev.forebear.replay;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Every upload that was announced. A delivery that was repeated, and an announcement that a listing or a backfill
 * repeated with the same contents, is no upload of its own: the first announcement says when it was, and who did it.
 */
final class PastUploads {

    private static final Comparator<PastUpload> IN_ORDER =
            Comparator.comparingInt(PastUpload::partition).thenComparingLong(PastUpload::offset);

    private final Map<String, List<Contents>> versions = new HashMap<>();
    private final Set<String> registries = new TreeSet<>();
    private Instant last = Instant.EPOCH;

    /** Announcements of the same contents of a model version. */
    private static final class Contents {

        private final int partition;
        private final long offset;
        private final ModelUploaded first;
        private final List<String> names = new ArrayList<>(2);

        Contents(ConsumerRecord<byte[], byte[]> record, ModelUploaded first) {
            this.partition = record.partition();
            this.offset = record.offset();
            this.first = first;
        }

        void add(ModelUploaded announcement) {
            names.add(announcement.getEventId());
            names.add(announcement.getCorrelationId());
        }
    }

    /** Without what was erased. */
    static PastUploads read(
            TopicReading reading, ReplayedInstance instance, Collection<TopicPosition> positions, PastChanges changes)
            throws IOException {
        var uploads = new PastUploads();
        Deserializer<ModelUploaded> announcements = instance.deserializer(Topics.MODEL_UPLOADS);
        reading.read(Topics.MODEL_UPLOADS, positions, records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                ModelUploaded announcement = decoded(record, announcements);
                if (announcement != null && !changes.erased(announcement)) {
                    uploads.add(record, announcement);
                }
            }
        });
        return uploads;
    }

    /** Null for what no worker could read either; it is among the dead letters. */
    private static @Nullable ModelUploaded decoded(
            ConsumerRecord<byte[], byte[]> record, Deserializer<ModelUploaded> announcements) {
        try {
            return announcements.deserialize(record.topic(), record.value());
        } catch (SerializationException undecodable) {
            return null;
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record, ModelUploaded announcement) {
        registries.add(announcement.getRegistry());
        last = announcement.getReceivedAt().isAfter(last) ? announcement.getReceivedAt() : last;
        List<Contents> all = versions.computeIfAbsent(announcement.getModelVersionId(), id -> new ArrayList<>(1));
        Contents same = all.stream()
                .filter(contents -> Objects.equals(contents.first.getContentTag(), announcement.getContentTag())
                        || contents.names.contains(announcement.getEventId()))
                .findFirst()
                .orElse(null);
        if (same == null) {
            same = new Contents(record, announcement);
            all.add(same);
        }
        same.add(announcement);
    }

    /** Registries that anything was ever uploaded to. */
    Set<String> registries() {
        return registries;
    }

    /** When the last of all was announced; the beginning of time when there is none. */
    Instant last() {
        return last;
    }

    /** All uploads, by partition and offset. */
    List<PastUpload> all() {
        List<PastUpload> uploads = new ArrayList<>(versions.size());
        for (List<Contents> all : versions.values()) {
            for (int number = 0; number < all.size(); number++) {
                Contents contents = all.get(number);
                uploads.add(new PastUpload(
                        contents.partition, contents.offset, contents.first, number, number == all.size() - 1));
            }
        }
        uploads.sort(IN_ORDER);
        return uploads;
    }

    /**
     * Which contents of a model version an event or a correlation id speaks of: the last ones when none is known by it,
     * as of a fingerprint that came without an announcement.
     */
    int number(String modelVersionId, String eventOrCorrelationId) {
        List<Contents> all = versions.getOrDefault(modelVersionId, List.of());
        for (int number = 0; number < all.size(); number++) {
            if (all.get(number).names.contains(eventOrCorrelationId)) {
                return number;
            }
        }
        return Math.max(0, all.size() - 1);
    }

    /** When contents of a model version were first announced; null when nobody announced them. */
    @Nullable
    Instant announced(String modelVersionId, int number) {
        List<Contents> all = versions.getOrDefault(modelVersionId, List.of());
        return number < all.size() ? all.get(number).first.getReceivedAt() : null;
    }
}
