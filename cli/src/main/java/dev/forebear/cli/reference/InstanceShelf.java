package dev.forebear.cli.reference;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The reference models of a running instance: fingerprints of a registry that nobody uploads to. */
final class InstanceShelf implements Shelf {

    /** The longest that brokers allow by default. */
    private static final Duration LONGEST_IMPORT = Duration.ofMinutes(15);

    private final WireConfig wire;

    InstanceShelf(WireConfig wire) {
        this.wire = wire;
    }

    @Override
    public String name() {
        return "the instance at " + wire.kafka().bootstrapServers();
    }

    /** Its reference models, in memory: there are some thousands at most. */
    @Override
    public Models models() throws IOException {
        List<ReferenceModel> models = new ArrayList<>();
        fingerprints().forEach(model -> model.getRegistry().equals(ReferenceRecords.REGISTRY), model -> {
            if (model.getFingerprint() != null) {
                models.add(new ReferenceModel(model, null, null));
            }
        });
        return Models.of(models);
    }

    /** All fingerprints that it has. */
    TopicFingerprints fingerprints() {
        return new TopicFingerprints(wire);
    }

    /**
     * Takes over the models that have a fingerprint of ours; matchers see all of them or none.
     *
     * @throws KafkaException when the instance cannot be reached
     */
    @Override
    public Merging put(Models incoming) throws IOException {
        Merging merging = Merging.of(models(), new OwnModels(incoming));
        try (var registry = new SchemaRegistryClient(wire.schemaRegistry());
                var serde = new AvroSerde<>(ModelFingerprint.class, registry);
                Producer<String, @Nullable ModelFingerprint> producer =
                        new KafkaProducer<>(properties(), new StringSerializer(), serde.serializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            try {
                send(merging, producer);
                producer.commitTransaction();
            } catch (IOException | KafkaException failure) {
                producer.abortTransaction();
                throw failure;
            }
        }
        return merging;
    }

    private void send(Merging merging, Producer<String, @Nullable ModelFingerprint> producer) throws IOException {
        String topic = wire.kafka().topic(Topics.MODEL_FINGERPRINTS);
        merging.forEach(kept -> {
            if (kept.fromIncoming() || kept.renamed()) {
                ModelFingerprint model = kept.model().getModel();
                producer.send(new ProducerRecord<>(topic, model.getModelVersionId(), model));
            }
        });
        merging.given().forEach(id -> producer.send(new ProducerRecord<>(topic, id, null)));
        producer.flush();
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(wire.kafka().clientProperties());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "forebear-references-" + UUID.randomUUID());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LONGEST_IMPORT.toMillis());
        return properties;
    }
}
