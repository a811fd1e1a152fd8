package dev.forebear.replay;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Has uploads fingerprinted again, in the slow lane. An announcement that is repeated so is no new upload, and who
 * repeats it twice has the work done twice and nothing else.
 */
final class Refingerprinting {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ReplayedInstance instance;
    private final TopicReading reading;
    private final Duration patience;

    /** @param patience the longest time in which no worker answers */
    Refingerprinting(ReplayedInstance instance, TopicReading reading, Duration patience) {
        this.instance = instance;
        this.reading = reading;
        this.patience = patience;
    }

    /**
     * Announces them again and waits until each was fingerprinted, or could not be.
     *
     * @param positions where {@code model-fingerprints} ended when it was found that they are outdated
     * @throws IOException when no worker answers
     */
    void run(Collection<PastUpload> outdated, List<TopicPosition> positions, int algorithmVersion, ReplayWatch watch)
            throws IOException, InterruptedException {
        Set<String> waiting = announce(outdated, algorithmVersion);
        long total = waiting.size();
        Map<Integer, Long> next = new HashMap<>();
        positions.stream()
                .filter(position -> position.getTopic().equals(Topics.MODEL_FINGERPRINTS.name()))
                .forEach(position -> next.put(position.getPartition(), position.getOffset()));
        long heard = System.nanoTime();
        try (ReplayWatch.Part part = watch.begin("fingerprinting again", total)) {
            while (!waiting.isEmpty()) {
                int before = waiting.size();
                listen(next, waiting);
                part.done(total - waiting.size());
                if (waiting.size() < before) {
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > patience.toNanos()) {
                    throw new IOException("--refingerprint: expected workers to answer within " + patience.toSeconds()
                            + " s, found " + waiting.size() + " of " + total
                            + " uploads without an answer; they stay announced, run it again when workers run");
                } else {
                    Thread.sleep(PAUSE);
                }
            }
        }
    }

    private Set<String> announce(Collection<PastUpload> outdated, int algorithmVersion) {
        String topic = instance.topic(Topics.MODEL_UPLOADS);
        Serializer<ModelUploaded> serializer = instance.serializer(Topics.MODEL_UPLOADS);
        Set<String> events = new HashSet<>();
        Map<String, Object> properties = instance.kafka().clientProperties();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "forebear-replay");
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (PastUpload upload : outdated) {
                String event = upload.announced().getEventId() + ":algorithm-" + algorithmVersion;
                ModelUploaded again = ModelUploaded.newBuilder(upload.announced())
                        .setEventId(event)
                        .setLane(Lane.BULK)
                        .build();
                String modelId = again.getRegistry() + "/" + again.getName();
                producer.send(new ProducerRecord<>(
                        topic, modelId.getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, again)));
                events.add(event);
            }
            producer.flush();
        }
        return events;
    }

    private void listen(Map<Integer, Long> next, Set<String> waiting) throws IOException {
        Deserializer<ModelFingerprint> fingerprints = instance.deserializer(Topics.MODEL_FINGERPRINTS);
        reading.readFrom(next, Topics.MODEL_FINGERPRINTS, records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                next.put(record.partition(), record.offset() + 1);
                try {
                    ModelFingerprint model = fingerprints.deserialize(record.topic(), record.value());
                    if (model != null) {
                        waiting.remove(model.getUploadEventId());
                    }
                } catch (SerializationException undecodable) {
                    // It answers nobody.
                    continue;
                }
            }
        });
    }
}
