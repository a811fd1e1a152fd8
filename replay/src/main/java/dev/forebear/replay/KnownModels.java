package dev.forebear.replay;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Every model whose weights are known: the last record on each before the positions. Where they lie is in memory, they
 * themselves, tens of kilobytes each, in a temporary file. Any number of threads may ask for them.
 */
final class KnownModels implements AutoCloseable {

    /** Magic byte and number of the schema, which another schema registry would give otherwise. */
    private static final int HEADER_BYTES = 5;

    /** So many are decoded together, on all processors. */
    private static final int DECODED = 512;

    private final String topic;
    private final Deserializer<ModelFingerprint> fingerprints;
    private final Spill spill;
    private final Map<String, KnownModel> models = new TreeMap<>();
    private final Map<String, byte[]> digests = new TreeMap<>();

    private KnownModels(ReplayedInstance instance, Path file) throws IOException {
        this.topic = instance.topic(Topics.MODEL_FINGERPRINTS);
        this.fingerprints = instance.deserializer(Topics.MODEL_FINGERPRINTS);
        this.spill = new Spill(file);
    }

    /** A record as it is decoded and digested on several threads. */
    private record Read(
            ConsumerRecord<byte[], byte[]> record, @Nullable ModelFingerprint model, byte[] digest) {}

    /** Without what was erased. */
    static KnownModels read(
            TopicReading reading,
            ReplayedInstance instance,
            Collection<TopicPosition> positions,
            PastChanges changes,
            Path file)
            throws IOException {
        var known = new KnownModels(instance, file);
        try {
            reading.read(Topics.MODEL_FINGERPRINTS, positions, records -> {
                List<Read> all = records.parallelStream()
                        .map(record -> new Read(record, known.decoded(record), digest(record)))
                        .toList();
                for (Read read : all) {
                    known.put(read, read.model != null && changes.erased(read.model));
                }
            });
            known.spill.complete();
            return known;
        } catch (IOException | RuntimeException failure) {
            known.close();
            throw failure;
        }
    }

    /** Null for a tombstone, and for what no matcher can read either. */
    private @Nullable ModelFingerprint decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return fingerprints.deserialize(topic, record.value());
        } catch (SerializationException undecodable) {
            return null;
        }
    }

    private void put(Read read, boolean erased) throws IOException {
        String id = new String(read.record.key(), StandardCharsets.UTF_8);
        if (read.record.value() == null || erased) {
            models.remove(id);
            digests.remove(id);
        } else if (read.model != null) {
            Fingerprint fingerprint = read.model.getFingerprint();
            models.put(
                    id,
                    new KnownModel(
                            read.record.partition(),
                            read.record.offset(),
                            spill.add(read.record.value()),
                            read.model.getUploadEventId(),
                            fingerprint != null,
                            fingerprint == null ? 0 : fingerprint.getAlgorithmVersion(),
                            read.model.getUploadedAt(),
                            read.model.getFingerprintedAt()));
            digests.put(id, read.digest);
        }
    }

    /** Null when its weights were never read, or are forgotten. */
    @Nullable
    KnownModel get(String modelVersionId) {
        return models.get(modelVersionId);
    }

    /** The whole record. */
    ModelFingerprint whole(KnownModel known) throws IOException {
        return fingerprints.deserialize(topic, spill.at(known.place()));
    }

    /** All, by their ids. */
    Collection<KnownModel> all() {
        return models.values();
    }

    /** A model and its whole record. */
    record Whole(KnownModel known, ModelFingerprint model) {}

    /** Hands out all by their ids, some at a time. */
    void forSome(Consumer<List<Whole>> taker) {
        Ahead.forSome(models.values(), DECODED, known -> new Whole(known, whole(known)), taker);
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

    @Override
    public void close() throws IOException {
        spill.close();
    }
}
