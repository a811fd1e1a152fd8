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

/** The answers of one replay, in a temporary file. Any number of threads may ask for them. */
final class ReplayedReports implements AutoCloseable {

    /** Clocks of brokers and of who asks differ by less. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final String topic;
    private final Deserializer<ReplayedReport> deserializer;
    private final Spill spill;
    private final Map<Upload, Long> places = new HashMap<>();

    private record Upload(int partition, long offset) {}

    private ReplayedReports(ReplayedInstance instance, Path file) throws IOException {
        this.topic = instance.topic(Topics.REPLAYED_REPORTS);
        this.deserializer = instance.deserializer(Topics.REPLAYED_REPORTS);
        this.spill = new Spill(file);
    }

    /**
     * @param uploads that must have their answers
     * @throws IOException when answers are missing
     */
    static ReplayedReports read(
            TopicReading reading, ReplayedInstance instance, Replay replay, Collection<PastUpload> uploads, Path file)
            throws IOException {
        var replayed = new ReplayedReports(instance, file);
        try {
            byte[] key = replay.getReplayId().getBytes(StandardCharsets.UTF_8);
            int partitions = reading.partitions(Topics.REPLAYED_REPORTS).size();
            reading.readSince(
                    replay.getRequestedAt().minus(CLOCKS),
                    Topics.REPLAYED_REPORTS,
                    Topics.partition(replay.getReplayId(), partitions),
                    records -> {
                        List<Read> read = records.parallelStream()
                                .filter(record -> Arrays.equals(record.key(), key))
                                .map(replayed::read)
                                .toList();
                        for (Read one : read) {
                            replayed.add(one);
                        }
                    });
            replayed.spill.complete();
            replayed.requireAll(replay, uploads);
            return replayed;
        } catch (IOException | RuntimeException failure) {
            replayed.close();
            throw failure;
        }
    }

    /** @param upload null when it cannot be read */
    private record Read(@Nullable Upload upload, byte[] answer) {}

    private Read read(ConsumerRecord<byte[], byte[]> record) {
        try {
            ReplayedReport answer = deserializer.deserialize(topic, record.value());
            return new Read(new Upload(answer.getUploadPartition(), answer.getUploadOffset()), record.value());
        } catch (SerializationException undecodable) {
            return new Read(null, record.value());
        }
    }

    /** What cannot be read is missing then, which is told. */
    private void add(Read read) throws IOException {
        if (read.upload != null) {
            places.put(read.upload, spill.add(read.answer));
        }
    }

    private void requireAll(Replay replay, Collection<PastUpload> uploads) throws IOException {
        long found = uploads.stream()
                .filter(upload -> places.containsKey(new Upload(upload.partition(), upload.offset())))
                .count();
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
        Long place = places.get(new Upload(upload.partition(), upload.offset()));
        if (place == null) {
            throw new IllegalArgumentException("upload without an answer: " + upload.modelVersionId());
        }
        return deserializer.deserialize(topic, spill.at(place));
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }
}
