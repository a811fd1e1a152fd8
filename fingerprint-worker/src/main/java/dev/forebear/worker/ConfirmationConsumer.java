package dev.forebear.worker;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers confirmation requests one after another, on a thread of its own. An answer is written before its request is
 * committed: a worker that dies leaves its request to another, and a request may be answered twice with the same words.
 * A confirmation that a later one of the same model has overtaken is not made: it would be out of date.
 */
final class ConfirmationConsumer implements AutoCloseable {

    static final String GROUP = "forebear-confirmation-worker";

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmationConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ORDERLY_END = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 3_000;

    /** How far it looks ahead for later requests about the same model. */
    private static final int REQUESTS_AT_ONCE = 100;

    /** Two checkpoints of hundreds of gigabytes on a slow line. */
    private static final Duration LONGEST_JOB = Duration.ofHours(2);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroSerde<ConfirmationRequest> serde;
    private final Confirmer confirmer;
    private final AdapterFingerprinter adapters;
    private final DeadLetters deadLetters;
    private final Publisher publisher;
    private final RetryPolicy retries;
    private final WorkerMetrics metrics;
    private final Thread thread;
    private volatile boolean open = true;
    private volatile @Nullable String problem;

    ConfirmationConsumer(
            int number,
            KafkaConfig kafka,
            SchemaRegistryClient registry,
            Confirmer confirmer,
            AdapterFingerprinter adapters,
            DeadLetters deadLetters,
            Publisher publisher,
            RetryPolicy retries,
            WorkerMetrics metrics) {
        this.topic = kafka.topic(Topics.CONFIRMATION_REQUESTS);
        this.serde = new AvroSerde<>(ConfirmationRequest.class, registry);
        this.confirmer = confirmer;
        this.adapters = adapters;
        this.deadLetters = deadLetters;
        this.publisher = publisher;
        this.retries = retries;
        this.metrics = metrics;
        this.consumer = consumer(kafka);
        this.thread =
                Thread.ofPlatform().daemon().name("confirmations-" + number).unstarted(this::run);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaConfig kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + GROUP);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, REQUESTS_AT_ONCE);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) LONGEST_JOB.toMillis());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void start() {
        thread.start();
    }

    /** What keeps it from working, in one line. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        try {
            consumer.subscribe(List.of(topic));
            while (open) {
                step();
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            LOG.debug("confirmations stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("confirmations failed");
            problem = "confirmations failed; the log says why";
        } finally {
            // An interrupted thread could not leave its group.
            Thread.interrupted();
            consumer.close();
        }
    }

    private void step() throws InterruptedException {
        try {
            ConsumerRecords<byte[], byte[]> requests = consumer.poll(POLL);
            Set<ConsumerRecord<byte[], byte[]>> newest = newestOfEveryModel(requests);
            for (ConsumerRecord<byte[], byte[]> record : requests) {
                answer(record, newest.contains(record));
                consumer.commitSync(Map.of(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1)));
            }
            problem = null;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("confirmations wait for the broker");
            problem = "waits for the broker: " + e.getMessage();
            Thread.sleep(PAUSE);
        }
    }

    // Requests about one model share a partition, so the last one that is met is the newest.
    private static Set<ConsumerRecord<byte[], byte[]>> newestOfEveryModel(ConsumerRecords<byte[], byte[]> requests) {
        Map<@Nullable Bytes, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> request : requests) {
            newest.put(Bytes.wrap(request.key()), request);
        }
        return Set.copyOf(newest.values());
    }

    /** Returns when the broker has the answer, or at once when none is wanted any more. */
    private void answer(ConsumerRecord<byte[], byte[]> record, boolean newest) throws InterruptedException {
        SpecificRecord answer = null;
        for (int attempt = 1; ; attempt++) {
            try {
                if (answer == null) {
                    ConfirmationRequest request = decoded(record);
                    if (!newest && !isAboutAnAdapterAlone(request)) {
                        return;
                    }
                    answer = answer(request);
                }
                publish(answer, record);
                return;
            } catch (SerializationException e) {
                if (putAside(record, String.valueOf(e.getMessage()))) {
                    return;
                }
            } catch (SchemaRegistryException | PublishException e) {
                LOG.atWarn().addKeyValue("problem", e.getMessage()).log("could not publish, trying again");
            }
            Thread.sleep(retries.backoff(attempt, RandomGenerator.getDefault()));
        }
    }

    private SpecificRecord answer(ConfirmationRequest request) throws InterruptedException {
        return isAboutAnAdapterAlone(request)
                ? adapters.onBase(Objects.requireNonNull(request.getAdapter()))
                : confirmer.confirm(request);
    }

    private static boolean isAboutAnAdapterAlone(ConfirmationRequest request) {
        return request.getAdapter() != null && request.getRelatives().isEmpty();
    }

    private void publish(SpecificRecord answer, ConsumerRecord<byte[], byte[]> record)
            throws PublishException, InterruptedException {
        switch (answer) {
            case ModelFingerprint fingerprint -> {
                publisher.publish(fingerprint, record.headers());
                log(fingerprint);
            }
            case Confirmation confirmation -> {
                publisher.publish(confirmation);
                metrics.confirmed(confirmation);
                log(confirmation);
            }
            default ->
                throw new IllegalStateException(
                        "no answer: " + answer.getSchema().getName());
        }
    }

    private ConfirmationRequest decoded(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new SerializationException("expected a request, found no value");
        }
        return serde.deserializer().deserialize(record.topic(), record.headers(), record.value());
    }

    private boolean putAside(ConsumerRecord<byte[], byte[]> record, String reason) throws InterruptedException {
        String line = record.topic() + "/" + record.partition() + "@" + record.offset() + ": " + reason;
        LOG.atWarn().addKeyValue("problem", line).log("request put aside");
        try {
            publisher.publish(deadLetters.of(record, DeadLetterReason.UNDECODABLE, line));
            return true;
        } catch (PublishException e) {
            LOG.atWarn().addKeyValue("problem", e.getMessage()).log("could not publish, trying again");
            return false;
        }
    }

    private static void log(ModelFingerprint answer) {
        LOG.atInfo()
                .addKeyValue("model", answer.getModelVersionId())
                .addKeyValue("location", answer.getLocation())
                .addKeyValue(
                        "problem",
                        answer.getNotAnalysed() == null
                                ? ""
                                : answer.getNotAnalysed().getMessage())
                .addKeyValue("bytesRead", answer.getBytesRead())
                .addKeyValue("elapsedMillis", answer.getElapsedMillis())
                .addKeyValue("correlationId", answer.getCorrelationId())
                .log("adapter fingerprinted on its base");
    }

    private static void log(Confirmation answer) {
        LOG.atInfo()
                .addKeyValue("model", answer.getRequest().getReport().getModelVersionId())
                .addKeyValue("relatives", answer.getRelatives().size())
                .addKeyValue("problems", answer.getProblems().size())
                .addKeyValue("bytesRead", answer.getBytesRead())
                .addKeyValue("elapsedMillis", answer.getElapsedMillis())
                .addKeyValue("correlationId", answer.getRequest().getReport().getCorrelationId())
                .log("relatives confirmed");
    }

    @Override
    public void close() {
        open = false;
        consumer.wakeup();
        try {
            if (!thread.join(ORDERLY_END)) {
                // It works on a request, which another worker will answer.
                thread.interrupt();
                thread.join(CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
