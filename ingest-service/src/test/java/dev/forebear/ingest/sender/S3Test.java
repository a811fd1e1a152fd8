package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3Test implements SenderContract {

    private static final String TOKEN = "minio-demo-token-0001";
    private static final BucketLayout NAME_ONLY = new BucketLayout("{name}");

    @Override
    public RegistryKind kind() {
        return RegistryKind.S3;
    }

    @Override
    public Secret secret() {
        return Secret.of(TOKEN);
    }

    @Override
    public Webhook sample() {
        return proven(Sample.body("rustfs-01-webhook-object-created"));
    }

    @Override
    public Webhook proven(byte[] body) {
        return new Webhook(Map.of("Authorization", "Bearer " + TOKEN), body, Sample.TIME);
    }

    @Override
    public String proofHeader() {
        return "Authorization";
    }

    @Test
    void announcesCheckpointOfOneFileByItsFolder() {
        var rustFs = Registration.of("lake", RegistryKind.S3, Secret.of("rustfs-demo-token"));

        assertThat(Sender.of(rustFs).receive(Sample.read("rustfs-01-webhook-object-created")))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    var upload = accepted.uploads().getFirst();
                    assertThat(upload.id()).hasToString("lake/helios-7b@v4");
                    assertThat(upload.location()).isEqualTo("s3://models/helios-7b/v4/");
                    assertThat(upload.by()).isEqualTo("rustfs");
                    assertThat(upload.at()).isEqualTo("2026-11-20T08:00:01.234Z");
                    assertThat(upload.eventId())
                            .isEqualTo("s3:lake:models|helios-7b/v4/model.safetensors|3a2d7564baee79182ebc7b65084aabd1"
                                    + "|18790A1BDF3D4E64|ObjectCreated:Put");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "minio-01-webhook-object-created-put, not-weights",
        "minio-02-webhook-complete-multipart, shard",
        "minio-04-webhook-object-removed, not-a-write"
    })
    void ignoresWhatCompletesNoCheckpoint(String sample, String reason) {
        assertThat(receive(Sample.read(sample))).isEqualTo(new Outcome.Ignored(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio-01-webhook-object-created-put",
                "minio-02-webhook-complete-multipart",
                "minio-03-webhook-key-with-space-plus-unicode",
                "minio-04-webhook-object-removed",
                "rustfs-01-webhook-object-created"
            })
    void refusesEverySampleWithAnotherToken(String sample) {
        assertThat(receive(Sample.with(Sample.read(sample), "Authorization", "Bearer minio-demo-token-0002")))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void readsTheValueOfTheKafkaTargetLikeTheWebhook() {
        assertThat(receive(proven(Sample.bytes("minio-05-kafka-value.body.json"))))
                .isEqualTo(new Outcome.Ignored("not-weights"));
    }

    @Test
    void decodesKeysWithSpacesPlusSignsAndUnicode() {
        assertThat(Sender.of(laidOut(NAME_ONLY)).receive(Sample.read("minio-03-webhook-key-with-space-plus-unicode")))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    var upload = accepted.uploads().getFirst();
                    assertThat(upload.id().name()).isEqualTo("Basalt 3B+ über");
                    assertThat(upload.id().version()).isEqualTo("523af537946b79c4f8369ed39ba78605");
                    assertThat(upload.location()).isEqualTo("s3://models/Basalt 3B+ über/");
                });
    }

    @Test
    void putsAsideWeightsOutsideTheLayout() {
        assertThat(receive(Sample.read("minio-03-webhook-key-with-space-plus-unicode")))
                .isInstanceOfSatisfying(Outcome.PutAside.class, putAside -> {
                    assertThat(putAside.reason()).isEqualTo(DeadLetterReason.UNUSABLE);
                    assertThat(putAside.message()).contains("{name}/{version}", "Basalt 3B+ über");
                });
    }

    @Test
    void readsRecordsOfAmazonWhichLeavesSlashesAlone() {
        assertThat(receive(proven(Sample.body("aws-01-s3-notification-sqs-message"))))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    var upload = accepted.uploads().getFirst();
                    assertThat(upload.id()).hasToString("internal/helios-7b@v4");
                    assertThat(upload.eventId())
                            .contains("model card v2.safetensors", "096fKKXTRTtl3on89fVO.nfljtsv6qko");
                });
    }

    @Test
    void ignoresTheTestEventOfAmazon() {
        assertThat(receive(proven(Sample.bytes("aws-02-s3-test-event.json"))))
                .isEqualTo(new Outcome.Ignored("test-event"));
    }

    @Test
    void readsWhatEventBridgePassesOnWithoutDecodingKeys() {
        assertThat(receive(proven(Sample.body("aws-03-eventbridge-object-created"))))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    var upload = accepted.uploads().getFirst();
                    assertThat(upload.id()).hasToString("internal/helios-7b@v4");
                    assertThat(upload.location()).isEqualTo("s3://acme-models/helios-7b/v4/");
                    assertThat(upload.at()).isEqualTo("2026-11-20T08:00:01Z");
                });
        var deleted = new String(Sample.body("aws-03-eventbridge-object-created"), StandardCharsets.UTF_8)
                .replace("Object Created", "Object Deleted");
        assertThat(receive(proven(deleted.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Outcome.Ignored("not-a-write"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ObjectCreated:PutRetention", "ObjectCreated:PutLegalHold", "ObjectTagging:Put"})
    void ignoresChangesThatLeaveTheBytesAlone(String eventName) {
        assertThat(receive(proven(record("minio:s3", eventName, "a%2F1%2Fmodel.safetensors"))))
                .isEqualTo(new Outcome.Ignored("not-a-write"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ObjectCreated:Put", "s3:ObjectCreated:Post", "ObjectCreated:Copy"})
    void acceptsEveryWayToWrite(String eventName) {
        assertThat(receive(proven(record("aws:s3", eventName, "a/1/model.safetensors.index.json"))))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void takesTokenWithItsOwnScheme() {
        var registration = Registration.of("internal", RegistryKind.S3, Secret.of("Forebear " + TOKEN));

        assertThat(Sender.of(registration).receive(Sample.with(sample(), "Authorization", "Forebear " + TOKEN)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void putsAsideKeysThatAreNotEscapedOrNotUtf8() {
        for (String key : List.of("a%2", "a%2F1%2Fmodel%FF.safetensors")) {
            assertThat(receive(proven(record("minio:s3", "ObjectCreated:Put", key))))
                    .isInstanceOf(Outcome.PutAside.class);
        }
    }

    @Test
    void putsAsideKeysThatClimbOutOfTheirFolder() {
        assertThat(receive(proven(record("minio:s3", "ObjectCreated:Put", "..%2F..%2Fmodel.safetensors"))))
                .isInstanceOf(Outcome.PutAside.class);
    }

    @Test
    void putsAsideOneRecordAndAcceptsTheOthers() {
        String good = new String(record("minio:s3", "ObjectCreated:Put", "a%2F1%2Fmodel.gguf"), StandardCharsets.UTF_8);
        String both = good.replace("]}", ",{\"eventSource\":\"other\"}]}");

        assertThat(receive(proven(both.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    assertThat(accepted.uploads()).hasSize(1);
                    assertThat(accepted.putAside())
                            .singleElement()
                            .satisfies(
                                    putAside -> assertThat(putAside.message()).contains("Records[1].eventSource"));
                });
    }

    private Registration laidOut(BucketLayout layout) {
        return registration().laidOutAs(layout);
    }

    private static byte[] record(String source, String eventName, String key) {
        return ("{\"Records\":[{\"eventSource\":\"" + source + "\",\"eventName\":\"" + eventName
                        + "\",\"s3\":{\"bucket\":{\"name\":\"models\"},\"object\":{\"key\":\"" + key + "\"}}}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
