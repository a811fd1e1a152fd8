package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the records of the topics that the read model is made from, and applies them. Not thread-safe. */
final class Projection {

    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final Map<String, Reader> readers = new HashMap<>();
    private final Set<String> live = new HashSet<>();
    private final SearchTable search;
    private final ModelVersions versions;
    private final Retention retention;

    Projection(KafkaConfig kafka, SchemaRegistryClient schemas, ReadModel model, InstantSource clock) {
        this.kafka = kafka;
        this.schemas = schemas;
        Statements sql = model.statements();
        this.search = new SearchTable(sql);
        this.versions = new ModelVersions(sql, search);
        var erased = new ErasedModels(sql, versions);
        var owed = new OwedTable(sql, clock);
        this.retention = new Retention(kafka, sql, owed);
        add(Topics.MODEL_UPLOADS, new UploadTable(sql, versions, erased));
        add(Topics.MODEL_CHANGES, new ChangeTable(sql, versions, erased));
        add(Topics.MODEL_FINGERPRINTS, new FingerprintTable(sql, versions, erased));
        add(Topics.LINEAGE_REPORTS, new ReportTables(sql, versions, erased));
        add(Topics.LINEAGE_ALERTS, new AlertTables(sql, owed, search));
        add(Topics.ALERT_ACTIONS, new ActionTable(sql));
        add(Topics.ALERT_DELIVERIES, new DeliveryTables(sql, owed));
        add(Topics.POLICY_VERSIONS, new PolicyVersionTable(sql));
        add(Topics.POLICY_APPLICATIONS, new PolicyApplicationTable(sql));
        add(Topics.POLICY_EXCEPTIONS, new ExceptionTable(sql));
        add(Topics.QUARANTINED_MODELS, new QuarantineTable(sql));
        add(Topics.AUDIT_ENTRIES, new AuditTable(sql));
        add(Topics.API_TOKENS, new TokenTable(sql));
        add(Topics.EMAIL_PREFERENCES, new EmailPreferenceTable(sql));
        add(Topics.DEAD_LETTERS, new DeadLetterTable(sql));
        addLive(Topics.READS_IN_PROGRESS, model.reads()::apply, model.reads()::forget);
        addLive(Topics.REGISTRY_STATUS, model.registries()::apply, model.registries()::forgetStatus);
        addLive(Topics.REGISTRY_LISTINGS, model.registries()::apply, model.registries()::forgetListing);
    }

    /** Names on the broker of the topics whose records become rows. */
    Set<String> tableTopics() {
        var topics = new HashSet<>(readers.keySet());
        topics.removeAll(live);
        return topics;
    }

    /** Names on the broker of the topics that are kept in memory, read from their beginning at every start. */
    Set<String> liveTopics() {
        return Set.copyOf(live);
    }

    /** What its topics keep no longer. */
    Retention retention() {
        return retention;
    }

    /** Name without the prefix. */
    String plainName(String topic) {
        return topic.substring(kafka.topicPrefix().length());
    }

    /**
     * Applies one record; one that cannot be decoded or used is left out.
     *
     * @throws SchemaRegistryException when the registry could not be asked
     */
    void apply(ConsumerRecord<byte[], byte[]> record) {
        Reader reader = readers.get(record.topic());
        if (reader == null) {
            throw new IllegalStateException("no reader for topic " + record.topic());
        }
        try {
            reader.read(record);
        } catch (SerializationException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("unusable record left out");
        }
    }

    /** The end of a transaction: makes the rows that are made from several topics. */
    void complete() {
        versions.refresh();
        search.refresh();
    }

    /** Ids of the model versions that the last transaction changed. */
    Set<String> changed() {
        return versions.refreshed();
    }

    /** The transaction did not take place. */
    void forget() {
        versions.forget();
        search.forget();
    }

    private <V extends SpecificRecord> void add(Topic<V> topic, TopicTables<V> tables) {
        Deserializer<V> deserializer = new AvroSerde<>(topic.type(), schemas).deserializer();
        readers.put(kafka.topic(topic), record -> {
            if (record.value() != null) {
                tables.put(
                        new Place(record.partition(), record.offset()),
                        deserializer.deserialize(record.topic(), record.value()));
            } else if (record.key() != null) {
                tables.delete(new String(record.key(), StandardCharsets.UTF_8));
            }
        });
    }

    private <V extends SpecificRecord> void addLive(Topic<V> topic, Consumer<V> onValue, Consumer<String> onDeletion) {
        add(topic, new LiveTables<>(onValue, onDeletion));
        live.add(kafka.topic(topic));
    }

    private interface Reader {
        void read(ConsumerRecord<byte[], byte[]> record);
    }

    /** What stays in memory. */
    private record LiveTables<V>(Consumer<V> onValue, Consumer<String> onDeletion) implements TopicTables<V> {

        @Override
        public void put(Place place, V value) {
            onValue.accept(value);
        }

        @Override
        public void delete(String key) {
            onDeletion.accept(key);
        }
    }
}
