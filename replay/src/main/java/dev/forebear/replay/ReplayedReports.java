package dev.forebear.replay;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayedReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one replay, in a temporary file. First they are added, by one thread; then any number of threads may
 * ask for them.
 */
final class ReplayedReports implements AutoCloseable {

    /** Clocks of brokers and of who asks differ by less. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final String topic;
    private final Deserializer<ReplayedReport> deserializer;
    private final Spill spill;
    private final Map<Upload, Long> places = new HashMap<>();

    private record Upload(int partition, long offset) {
        static Upload of(PastUpload upload) {
            return new Upload(upload.partition(), upload.offset());
        }
    }

    /** @param file is made, and gone when this is closed */
    ReplayedReports(ReplayedInstance instance, Path file) throws IOException {
        this.topic = instance.topic(Topics.REPLAYED_REPORTS);
        this.deserializer = instance.deserializer(Topics.REPLAYED_REPORTS);
        this.spill = new Spill(file);
    }

    /** Adds answers as they were written to the topic, each on the upload in its place. */
    void add(List<PastUpload> uploads, List<byte[]> answers) throws IOException {
        for (int i = 0; i < uploads.size(); i++) {
            add(Upload.of(uploads.get(i)), Compression.compress(answers.get(i)));
        }
    }

    /**
     * All have been added that were written just now; what was written before is read back.
     *
     * @param uploads that must have their answers
     * @throws IOException when answers are missing
     */
    void complete(TopicReading reading, Replay replay, Collection<PastUpload> uploads) throws IOException {
        if (found(uploads) < uploads.size()) {
            read(reading, replay);
        }
        spill.complete();
        requireAll(replay, uploads);
    }

    private void read(TopicReading reading, Replay replay) throws IOException {
        byte[] key = replay.getReplayId().getBytes(StandardCharsets.UTF_8);
        int partitions = reading.partitions(Topics.REPLAYED_REPORTS).size();
        reading.readSince(
                replay.getRequestedAt().minus(CLOCKS),
                Topics.REPLAYED_REPORTS,
                Topics.partition(replay.getReplayId(), partitions),
                records -> {
                    List<Read> read = records.parallelStream()
                            .filter(record -> Arrays.equals(record.key(), key))
                            .map(this::read)
                            .toList();
                    for (Read one : read) {
                        if (one.upload != null) {
                            add(one.upload, one.compressed);
                        }
                    }
                });
    }

    /** @param upload null when it cannot be read: it is missing then, which is told */
    private record Read(@Nullable Upload upload, byte[] compressed) {}

    private Read read(ConsumerRecord<byte[], byte[]> record) {
        try {
            ReplayedReport answer = deserializer.deserialize(topic, record.value());
            return new Read(
                    new Upload(answer.getUploadPartition(), answer.getUploadOffset()),
                    Compression.compress(record.value()));
        } catch (SerializationException undecodable) {
            return new Read(null, new byte[0]);
        }
    }

    private void add(Upload upload, byte[] compressed) throws IOException {
        if (!places.containsKey(upload)) {
            places.put(upload, spill.add(compressed));
        }
    }

    private long found(Collection<PastUpload> uploads) {
        return uploads.stream()
                .filter(upload -> places.containsKey(Upload.of(upload)))
                .count();
    }

    private void requireAll(Replay replay, Collection<PastUpload> uploads) throws IOException {
        long found = found(uploads);
        if (found < uploads.size()) {
            throw new IOException(
                    ("replay %s: expected %,d reports in %s, found %,d: they are kept for %d days; ask the"
                                    + " same of today to have them made again")
                            .formatted(
                                    replay.getReplayId(),
                                    uploads.size(),
                                    topic,
                                    found,
                                    Objects.requireNonNull(Topics.REPLAYED_REPORTS.retention())
                                            .toDays()));
        }
    }

    /** The answer on an upload. */
    ReplayedReport on(PastUpload upload) throws IOException {
        Long place = places.get(Upload.of(upload));
        if (place == null) {
            throw new IllegalArgumentException("upload without an answer: " + upload.modelVersionId());
        }
        return deserializer.deserialize(topic, Compression.decompress(spill.at(place)));
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }
}
