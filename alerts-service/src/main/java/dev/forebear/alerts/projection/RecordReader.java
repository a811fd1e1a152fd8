package dev.forebear.alerts.projection;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.RegistryStatus;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes the records of the topics that the projection is made from and applies them. */
final class RecordReader {

    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers = new HashMap<>();

    RecordReader(KafkaConfig kafka, SchemaRegistryClient schemas, Projection projection) {
        this.kafka = kafka;
        this.schemas = schemas;
        Reader<ModelUploaded> uploads = (record, upload) -> projection.apply(upload);
        Reader<ModelFingerprint> fingerprints = (record, fingerprint) -> projection.apply(fingerprint);
        Reader<LineageReport> reports =
                (record, report) -> projection.apply(new ReportEntry(report, record.partition(), record.offset()));
        Reader<LineageAlert> alerts = (record, alert) ->
                projection.apply(AlertEntry.of(alert, Owed.of(alert), record.partition(), record.offset()));
        Reader<AlertDelivery> deliveries = (record, delivery) -> projection.apply(delivery);
        Reader<ReadInProgress> reads = (record, read) -> projection.reads().apply(read);
        Reader<RegistryStatus> statuses =
                (record, status) -> projection.registries().apply(status);
        Reader<ListingProgress> listings =
                (record, listing) -> projection.registries().apply(listing);
        Reader<ModelChanged> changes = (record, change) -> projection.apply(change);
        Consumer<String> nobody = key -> {};
        add(Topics.MODEL_UPLOADS, uploads, nobody);
        add(Topics.MODEL_CHANGES, changes, nobody);
        add(Topics.MODEL_FINGERPRINTS, fingerprints, projection::forgetFingerprint);
        add(Topics.LINEAGE_REPORTS, reports, nobody);
        add(Topics.LINEAGE_ALERTS, alerts, projection::forgetAlert);
        add(Topics.ALERT_DELIVERIES, deliveries, nobody);
        add(Topics.READS_IN_PROGRESS, reads, projection.reads()::forget);
        add(Topics.REGISTRY_STATUS, statuses, projection.registries()::forgetStatus);
        add(Topics.REGISTRY_LISTINGS, listings, projection.registries()::forgetListing);
    }

    /** Names of the topics on the broker. */
    Set<String> topics() {
        return readers.keySet();
    }

    /**
     * Applies one record.
     *
     * @throws SerializationException when it cannot be decoded and never will be
     * @throws SchemaRegistryException when the registry could not be asked
     */
    void read(ConsumerRecord<byte[], byte[]> record) {
        Consumer<ConsumerRecord<byte[], byte[]>> reader = readers.get(record.topic());
        if (reader == null) {
            throw new IllegalStateException("no reader for topic " + record.topic());
        }
        reader.accept(record);
    }

    private <V extends SpecificRecord> void add(Topic<V> topic, Reader<V> reader, Consumer<String> onDeletion) {
        Deserializer<V> deserializer = new AvroSerde<>(topic.type(), schemas).deserializer();
        readers.put(kafka.topic(topic), record -> {
            if (record.value() != null) {
                reader.read(record, deserializer.deserialize(record.topic(), record.value()));
            } else if (record.key() != null) {
                onDeletion.accept(new String(record.key(), StandardCharsets.UTF_8));
            }
        });
    }

    private interface Reader<V> {
        void read(ConsumerRecord<byte[], byte[]> record, V value);
    }
}
