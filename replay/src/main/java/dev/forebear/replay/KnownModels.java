package dev.forebear.replay;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Every model whose weights are known: the last record on each before the positions. They are all held in memory, some
 * 30 to 60 KB each, as a matcher holds its shard.
 */
final class KnownModels {

    /** Magic byte and number of the schema, which another schema registry would give otherwise. */
    private static final int HEADER_BYTES = 5;

    private final Map<String, KnownModel> models = new TreeMap<>();
    private final Map<String, byte[]> digests = new TreeMap<>();

    private KnownModels() {}

    /** A record as it is decoded and digested on several threads. */
    private record Read(
            ConsumerRecord<byte[], byte[]> record, @Nullable ModelFingerprint model, byte[] digest) {}

    static KnownModels read(TopicReading reading, ReplayedInstance instance, Collection<TopicPosition> positions)
            throws IOException {
        var known = new KnownModels();
        Deserializer<ModelFingerprint> fingerprints = instance.deserializer(Topics.MODEL_FINGERPRINTS);
        reading.read(Topics.MODEL_FINGERPRINTS, positions, records -> {
            List<Read> all = records.parallelStream()
                    .map(record -> new Read(record, decoded(record, fingerprints), digest(record)))
                    .toList();
            all.forEach(known::put);
        });
        return known;
    }

    /** Null for a tombstone, and for what no matcher can read either. */
    private static @Nullable ModelFingerprint decoded(
            ConsumerRecord<byte[], byte[]> record, Deserializer<ModelFingerprint> fingerprints) {
        try {
            return fingerprints.deserialize(record.topic(), record.value());
        } catch (SerializationException undecodable) {
            return null;
        }
    }

    private void put(Read read) {
        String id = new String(read.record.key(), StandardCharsets.UTF_8);
        if (read.record.value() == null) {
            models.remove(id);
            digests.remove(id);
        } else if (read.model != null) {
            models.put(id, new KnownModel(read.record.partition(), read.record.offset(), read.model));
            digests.put(id, read.digest);
        }
    }

    /** Null when its weights were never read, or are forgotten. */
    @Nullable
    KnownModel get(String modelVersionId) {
        return models.get(modelVersionId);
    }

    /** All, by their ids. */
    Collection<KnownModel> all() {
        return models.values();
    }

    int size() {
        return models.size();
    }

    /** {@code sha256:} and the hash over all ids and records. */
    String hash() {
        MessageDigest hash = sha256();
        digests.forEach((id, digest) -> {
            hash.update(id.getBytes(StandardCharsets.UTF_8));
            hash.update((byte) 0);
            hash.update(digest);
        });
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    private static byte[] digest(ConsumerRecord<byte[], byte[]> record) {
        MessageDigest hash = sha256();
        byte[] value = record.value();
        if (value != null && value.length > HEADER_BYTES) {
            hash.update(value, HEADER_BYTES, value.length - HEADER_BYTES);
        }
        return hash.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
