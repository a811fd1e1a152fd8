package dev.forebear.match;

import dev.forebear.platform.registry.EmbeddedSchemaRegistry;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;

/** The serdes as on the wire, with a schema registry in memory. */
final class WireFormats implements AutoCloseable {

    private final EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.startInMemory(0);
    private final SchemaRegistryClient client = new SchemaRegistryClient(SchemaRegistryConfig.of(registry.url()));

    LineageTopology.ValueSerdes serdes() {
        return new LineageTopology.ValueSerdes(
                new AvroSerde<>(ModelFingerprint.class, client),
                new AvroSerde<>(LineageQuery.class, client),
                new AvroSerde<>(LineageCandidates.class, client),
                new AvroSerde<>(LineageReport.class, client),
                new AvroSerde<>(ConfirmationRequest.class, client),
                new AvroSerde<>(Confirmation.class, client),
                new AvroSerde<>(ModelChanged.class, client));
    }

    @Override
    public void close() {
        client.close();
        registry.close();
    }
}
