package dev.forebear.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.Compatibility;
import dev.forebear.schemas.SchemaMetadata;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/**
 * What our client and our records need of any registry with the Confluent REST API. Every test has its own subjects.
 */
interface SchemaRegistryContract {

    Schema FIRST = SchemaBuilder.record("Model")
            .namespace("example")
            .fields()
            .requiredString("name")
            .endRecord();

    Schema WITH_OPTIONAL_FIELD = SchemaBuilder.record("Model")
            .namespace("example")
            .fields()
            .requiredString("name")
            .optionalLong("size")
            .endRecord();

    Schema WITH_OTHER_TYPE = SchemaBuilder.record("Model")
            .namespace("example")
            .fields()
            .requiredInt("name")
            .endRecord();

    URI url();

    private SchemaRegistryClient client() {
        return new SchemaRegistryClient(SchemaRegistryConfig.of(url()));
    }

    @Test
    default void givesTheSameSchemaTheSameId() {
        try (SchemaRegistryClient one = client();
                SchemaRegistryClient other = client()) {
            int id = one.register("same-value", FIRST);

            assertThat(other.register("same-value", FIRST)).isEqualTo(id);
            assertThat(other.getId("same-value", FIRST)).isEqualTo(id);
            assertThat(other.getSchemaById(id)).isEqualTo(FIRST);
            assertThat(other.getAllVersions("same-value")).containsExactly(1);
            assertThat(other.getAllSubjects()).contains("same-value");
        }
    }

    @Test
    default void countsVersionsAndKnowsTheLatest() {
        try (SchemaRegistryClient client = client()) {
            int first = client.register("versions-value", FIRST);
            int second = client.register("versions-value", WITH_OPTIONAL_FIELD);

            assertThat(second).isNotEqualTo(first);
            assertThat(client.getAllVersions("versions-value")).containsExactly(1, 2);
            assertThat(client.getLatestSchemaMetadata("versions-value"))
                    .isEqualTo(new SchemaMetadata("versions-value", second, 2, WITH_OPTIONAL_FIELD));
            assertThat(client.getSchemaMetadata("versions-value", 1))
                    .isEqualTo(new SchemaMetadata("versions-value", first, 1, FIRST));
        }
    }

    @Test
    default void refusesAnIncompatibleSchemaAndNamesTheSubject() {
        try (SchemaRegistryClient client = client()) {
            client.register("refused-value", FIRST);
            client.updateCompatibility("refused-value", Compatibility.FULL);

            assertThat(client.getCompatibility("refused-value")).isEqualTo(Compatibility.FULL);
            assertThat(client.testCompatibility("refused-value", WITH_OPTIONAL_FIELD))
                    .isTrue();
            assertThat(client.testCompatibility("refused-value", WITH_OTHER_TYPE))
                    .isFalse();
            assertThat(client.testCompatibilityVerbose("refused-value", WITH_OTHER_TYPE))
                    .isNotEmpty();
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.register("refused-value", WITH_OTHER_TYPE))
                    .withMessageStartingWith("schema of subject 'refused-value': refused by " + url() + " with 409: ")
                    .matches(SchemaRegistryException::refused);
            assertThat(client.getAllVersions("refused-value")).containsExactly(1);
        }
    }

    @Test
    default void acceptsAnythingWhereNothingIsChecked() {
        try (SchemaRegistryClient client = client()) {
            client.register("unchecked-value", FIRST);
            client.updateCompatibility("unchecked-value", Compatibility.NONE);

            client.register("unchecked-value", WITH_OTHER_TYPE);

            assertThat(client.getAllVersions("unchecked-value")).containsExactly(1, 2);
        }
    }

    @Test
    default void tellsWhatItDoesNotKnow() {
        try (SchemaRegistryClient client = client()) {
            client.register("known-value", FIRST);

            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.getSchemaById(987_654))
                    .matches(SchemaRegistryException::schemaNotFound);
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.getAllVersions("unknown-value"))
                    .matches(e -> e.errorCode() == 40401);
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.getSchemaMetadata("known-value", 9))
                    .matches(e -> e.errorCode() == 40402);
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.getId("known-value", WITH_OTHER_TYPE))
                    .matches(SchemaRegistryException::schemaNotFound);
        }
    }

    @Test
    default void takesEverySchemaOfOurTopics() {
        try (SchemaRegistryClient client = client()) {
            assertThat(Topics.all()).allSatisfy(topic -> {
                int id = client.register(topic.subject("contract."), topic.schema());
                try (SchemaRegistryClient other = client()) {
                    assertThat(other.getSchemaById(id)).isEqualTo(topic.schema());
                }
            });
        }
    }

    @Test
    default void carriesRecordsFromOneProcessToAnother() {
        AlertAction action = AlertAction.newBuilder()
                .setAlertId("al_5f0c2a1b9d3e4f60")
                .setKind(AlertActionKind.SNOOZE)
                .setAuthor("ana@example.com")
                .setReason("Licence bought — 許可")
                .setUntil(Instant.ofEpochMilli(1_797_753_600_000L))
                .setAt(Instant.ofEpochMilli(1_795_165_200_000L))
                .build();
        try (SchemaRegistryClient one = client();
                SchemaRegistryClient other = client()) {
            byte[] bytes = new AvroSerde<>(AlertAction.class, one).serializer().serialize("carried", action);

            assertThat(bytes[0]).isZero();
            assertThat(ByteBuffer.wrap(bytes).getInt(1))
                    .isEqualTo(other.getLatestSchemaMetadata("carried-value").id());
            assertThat(new AvroSerde<>(AlertAction.class, other).deserializer().deserialize("carried", bytes))
                    .isEqualTo(action);
        }
    }

    @Test
    default void makesARecordOfAnUnknownSchemaUndecodable() {
        try (SchemaRegistryClient client = client()) {
            byte[] bytes = {0, 0, 15, 18, 6, 1, 2, 3};

            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> new AvroSerde<>(AlertAction.class, client)
                            .deserializer()
                            .deserialize("alert-actions", bytes))
                    .withMessage("alert-actions: schema id 987654 is not registered");
        }
    }
}
