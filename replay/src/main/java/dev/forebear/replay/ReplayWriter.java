package dev.forebear.replay;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayedReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes what one replay comes to. There is one writer of a replay: a second one takes over, and the first fails with
 * its next transaction.
 */
final class ReplayWriter implements AutoCloseable {

    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(5);

    private final ReplayedInstance instance;
    private final String replayId;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<ReplayedReport> replayed;
    private final Serializer<LineageReport> reports;

    private ReplayWriter(ReplayedInstance instance, String replayId) {
        this.instance = instance;
        this.replayId = replayId;
        this.replayed = instance.serializer(Topics.REPLAYED_REPORTS);
        this.reports = instance.serializer(Topics.LINEAGE_REPORTS);
        Map<String, Object> properties = instance.kafka().clientProperties();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, instance.group(replayId));
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, instance.group(replayId));
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LONGEST_TRANSACTION.toMillis());
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Takes over: what another process has not committed is undone. */
    static ReplayWriter of(ReplayedInstance instance, String replayId) {
        var writer = new ReplayWriter(instance, replayId);
        try {
            writer.producer.initTransactions();
            return writer;
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /** What is asked, and how far the answer has come. */
    void write(Replay replay) throws IOException {
        String topic = instance.topic(Topics.REPLAYS);
        byte[] value = instance.serializer(Topics.REPLAYS).serialize(topic, replay);
        transact(() -> producer.send(new ProducerRecord<>(topic, key(replayId), value)));
    }

    /**
     * The answers to some uploads and that these are done; all of it or nothing.
     *
     * @param done uploads that are done with these
     * @return the answers as they were written
     */
    List<byte[]> write(List<ReplayedReport> answers, List<PastUpload> uploads, long done) throws IOException {
        String topic = instance.topic(Topics.REPLAYED_REPORTS);
        List<byte[]> values = answers.stream()
                .map(answer -> replayed.serialize(topic, answer))
                .toList();
        transact(() -> {
            values.forEach(value -> producer.send(new ProducerRecord<>(topic, key(replayId), value)));
            producer.sendOffsetsToTransaction(
                    ReplayPosition.after(instance.topic(Topics.MODEL_UPLOADS), uploads, done),
                    new ConsumerGroupMetadata(instance.group(replayId)));
        });
        return values;
    }

    /** Reports for everybody, each into the partition of its model; all of them or none. */
    void publish(Collection<LineageReport> revisions) throws IOException {
        String topic = instance.topic(Topics.LINEAGE_REPORTS);
        int partitions = producer.partitionsFor(topic).size();
        transact(() -> revisions.forEach(report -> producer.send(new ProducerRecord<>(
                topic,
                Topics.partition(report.getRegistry() + "/" + report.getName(), partitions),
                key(report.getModelVersionId()),
                reports.serialize(topic, report)))));
    }

    private void transact(Runnable step) throws IOException {
        try {
            producer.beginTransaction();
            try {
                step.run();
                producer.commitTransaction();
            } catch (KafkaException e) {
                abort(e);
                throw e;
            }
        } catch (KafkaException e) {
            if (isFenced(e)) {
                throw new IOException(
                        "replay " + replayId + ": expected to be the only process, found that another one has taken it"
                                + " over; this one ends",
                        e);
            }
            throw e;
        }
    }

    private void abort(KafkaException failure) {
        try {
            if (!isFenced(failure)) {
                producer.abortTransaction();
            }
        } catch (KafkaException e) {
            failure.addSuppressed(e);
        }
    }

    private static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
