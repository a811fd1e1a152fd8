package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Reading;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest implements SenderContract {

    private static final String TRACE_PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final Registration OPEN = Registration.open("internal", RegistryKind.CLOUD_EVENTS);

    @Override
    public RegistryKind kind() {
        return RegistryKind.CLOUD_EVENTS;
    }

    @Override
    public Secret secret() {
        return Secret.of("events-demo-token-0001");
    }

    @Override
    public Webhook sample() {
        return Sample.with(Sample.read("cloudevents-01-structured"), "Authorization", "Bearer events-demo-token-0001");
    }

    @Override
    public Webhook proven(byte[] body) {
        return Sample.with(sample(), body);
    }

    @Override
    public String proofHeader() {
        return "Authorization";
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloudevents-01-structured", "cloudevents-02-binary"})
    void readsStructuredAndBinaryEventsAlike(String sample) {
        assertThat(Sender.of(OPEN).receive(Sample.read(sample)))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    var upload = accepted.uploads().getFirst();
                    assertThat(upload.id()).hasToString("internal/helios-7b@4");
                    assertThat(upload.location()).isEqualTo("s3://models/helios-7b/v4/");
                    assertThat(upload.at()).isEqualTo("2026-11-20T08:00:05Z");
                    assertThat(upload.traceParent()).isEqualTo(TRACE_PARENT);
                    assertThat(upload.eventId())
                            .isEqualTo("cloud-events:internal://registry.example.com/models|01JD4Z8S6W2K7Q");
                });
    }

    @Test
    void takesTheCreatedAndTheDeletedOfBatch() {
        assertThat(Sender.of(OPEN).receive(Sample.read("cloudevents-03-batch")))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    assertThat(accepted.uploads())
                            .singleElement()
                            .satisfies(upload -> assertThat(upload.id()).hasToString("internal/helios-7b@4"));
                    assertThat(accepted.announcements().getLast()).isInstanceOfSatisfying(ModelChange.class, change -> {
                        assertThat(change.kind()).isEqualTo(ModelChangeKind.DELETED);
                        assertThat(change.name()).isEqualTo("helios-7b");
                        assertThat(change.version()).isEqualTo("3");
                    });
                    assertThat(accepted.putAside()).isEmpty();
                });
    }

    @Test
    void ignoresEmptyBatch() {
        assertThat(Sender.of(OPEN)
                        .receive(Sample.with(
                                Sample.read("cloudevents-03-batch"), "[]".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Outcome.Ignored("no-events"));
    }

    @Test
    void listensForTheConfiguredTypeOnly() {
        var other = OPEN.readAs(new Reading("org.example.checkpoint.saved", List.of(), JsonMapping.PLAIN));

        assertThat(Sender.of(other).receive(Sample.read("cloudevents-01-structured")))
                .isEqualTo(new Outcome.Ignored("other-type"));
        assertThat(Sender.of(other)
                        .receive(changed("com.example.model.version.created", "org.example.checkpoint.saved")))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void refusesFormatsThatAreNotJson() {
        var avro =
                Sample.with(Sample.read("cloudevents-01-structured"), "Content-Type", "application/cloudevents+avro");

        assertThat(Sender.of(OPEN).receive(avro))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.status()).isEqualTo(415));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-id", "ce-source", "ce-type", "ce-specversion"})
    void refusesBinaryEventThatLacksRequiredAttribute(String header) {
        assertThat(Sender.of(OPEN).receive(Sample.without(Sample.read("cloudevents-02-binary"), header)))
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                    assertThat(rejected.status()).isEqualTo(400);
                    assertThat(rejected.message()).contains(header);
                });
    }

    @Test
    void decodesHeadersOfBinaryEvents() {
        var webhook = Sample.with(Sample.read("cloudevents-02-binary"), "ce-id", "caf%C3%A9+1");

        assertThat(Sender.of(OPEN).receive(webhook))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.uploads().getFirst().eventId())
                                .endsWith("|café+1"));
    }

    @Test
    void refusesOtherVersionsOfTheSpecification() {
        assertThat(Sender.of(OPEN).receive(changed("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"")))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void takesDeclaredBasesAsOneTextOrAsList() {
        for (String bases : List.of("\"quarry-ai/basalt-7b\"", "[\"quarry-ai/basalt-7b\"]")) {
            var webhook = changed("\"version\":\"4\"", "\"version\":\"4\",\"base_models\":" + bases);
            assertThat(Sender.of(OPEN).receive(webhook))
                    .isInstanceOfSatisfying(
                            Outcome.Accepted.class,
                            accepted -> assertThat(accepted.uploads().getFirst().declaredBases())
                                    .containsExactly(new Declared("quarry-ai/basalt-7b", null, "webhook")));
        }
    }

    @Test
    void needsLocationOrTemplate() {
        var silent = changed(",\"location\":\"s3://models/helios-7b/v4/\"", "");

        assertThat(Sender.of(OPEN).receive(silent)).isInstanceOf(Outcome.PutAside.class);
        assertThat(Sender.of(OPEN.locatedAt(new LocationTemplate("s3://models/{name}/{version}/")))
                        .receive(silent))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void boundsTheLengthOfTheEventId() {
        assertThat(Sender.of(OPEN).receive(changed("01JD4Z8S6W2K7Q", "x".repeat(100_000))))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.uploads().getFirst().eventId())
                                .hasSizeLessThan(200));
    }

    private static Webhook changed(String from, String to) {
        var webhook = Sample.read("cloudevents-01-structured");
        String body = new String(webhook.body(), StandardCharsets.UTF_8);
        assertThat(body).contains(from);
        return Sample.with(webhook, body.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }
}
