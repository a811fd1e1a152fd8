package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.wire.ObjectChangeKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3Test implements ProofContract {

    private static final String TOKEN = "minio-demo-token-0001";

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
    void tellsOfWrittenObjectWhoseItIs() {
        var rustFs = Registration.of("lake", RegistryKind.S3, Secret.of("rustfs-demo-token"));

        assertThat(change(Sender.of(rustFs).receive(Sample.read("rustfs-01-webhook-object-created"))))
                .isEqualTo(new ObjectChange(
                        "s3:lake:models|helios-7b/v4/model.safetensors|3a2d7564baee79182ebc7b65084aabd1"
                                + "|18790A1BDF3D4E64|ObjectCreated:Put",
                        "lake",
                        "s3://models/helios-7b/v4/",
                        "model.safetensors",
                        "helios-7b",
                        "v4",
                        ObjectChangeKind.WRITTEN,
                        "3a2d7564baee79182ebc7b65084aabd1",
                        null,
                        14483505664L,
                        "rustfs",
                        Instant.parse("2026-11-20T08:00:01.234Z"),
                        null));
    }

    @ParameterizedTest
    @CsvSource({
        "minio-01-webhook-object-created-put, WRITTEN, config.json",
        "minio-02-webhook-complete-multipart, WRITTEN, model-00001-of-00002.safetensors",
        "minio-04-webhook-object-removed, REMOVED, model.safetensors"
    })
    void tellsOfEveryObjectThatMattersToAModel(String sample, ObjectChangeKind kind, String path) {
        assertThat(change(receive(Sample.read(sample)))).satisfies(change -> {
            assertThat(change.kind()).isEqualTo(kind);
            assertThat(change.path()).isEqualTo(path);
            assertThat(change.name()).isEqualTo("helios-7b");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "training.log", "data.parquet", "model.safetensors.tmp", ""})
    void ignoresObjectsThatMatterToNoModel(String file) {
        assertThat(receive(proven(record("minio:s3", "ObjectCreated:Put", "a%2F1%2F" + file))))
                .isEqualTo(new Outcome.Ignored("not-of-a-model"));
    }

    @Test
    void findsTheFolderOfTheModelAtAnyDepthAboveTheObject() {
        assertThat(change(receive(proven(record("aws:s3", "ObjectCreated:Put", "a/1/unet/model.safetensors")))))
                .satisfies(change -> {
                    assertThat(change.folder()).isEqualTo("s3://models/a/1/");
                    assertThat(change.path()).isEqualTo("unet/model.safetensors");
                });
    }

    @Test
    void opensWhatSnsPutsAroundAndConfirmsNothingByItself() {
        String message = new String(Sample.body("aws-01-s3-notification-sqs-message"), StandardCharsets.UTF_8)
                .replace("\n", "")
                .replace("\"", "\\\"");
        String wrapped =
                "{\"Type\":\"Notification\",\"TopicArn\":\"arn:aws:sns:a:1:models\",\"Message\":\"" + message + "\"}";
        String question = "{\"Type\":\"SubscriptionConfirmation\",\"TopicArn\":\"arn:aws:sns:a:1:models\","
                + "\"SubscribeURL\":\"https://example.com/\",\"Token\":\"t\"}";

        assertThat(change(receive(proven(Signing.bytes(wrapped)))).path()).isEqualTo("model card v2.safetensors");
        assertThat(receive(proven(Signing.bytes(question))))
                .isInstanceOfSatisfying(
                        Outcome.PutAside.class,
                        aside -> assertThat(aside.message())
                                .contains("arn:aws:sns:a:1:models", "sns confirm-subscription"));
        assertThat(receive(proven(Signing.bytes(question.replace("Subscription", "Unsubscribe")))))
                .isEqualTo(new Outcome.Ignored("subscription"));
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
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(change(accepted).path()).isEqualTo("adapter_config.json"));
    }

    @Test
    void decodesKeysWithSpacesPlusSignsAndUnicode() {
        var laidOut = registration().laidOutAs(new BucketLayout("{name}"));

        assertThat(change(Sender.of(laidOut).receive(Sample.read("minio-03-webhook-key-with-space-plus-unicode"))))
                .satisfies(change -> {
                    assertThat(change.name()).isEqualTo("Basalt 3B+ über");
                    assertThat(change.version()).isNull();
                    assertThat(change.contentTag()).isEqualTo("523af537946b79c4f8369ed39ba78605");
                    assertThat(change.folder()).isEqualTo("s3://models/Basalt 3B+ über/");
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
        assertThat(change(receive(proven(Sample.body("aws-01-s3-notification-sqs-message")))))
                .satisfies(change -> {
                    assertThat(change.folder()).isEqualTo("s3://acme-models/helios-7b/v4/");
                    assertThat(change.contentTag()).isEqualTo("ac68bbf921d953d1cfab916cb6120864-864");
                    assertThat(change.eventId())
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
        assertThat(change(receive(proven(Sample.body("aws-03-eventbridge-object-created")))))
                .satisfies(change -> {
                    assertThat(change.folder()).isEqualTo("s3://acme-models/helios-7b/v4/");
                    assertThat(change.path()).isEqualTo("model card v2.safetensors");
                    assertThat(change.at()).isEqualTo("2026-11-20T08:00:01Z");
                });
        String created = new String(Sample.body("aws-03-eventbridge-object-created"), StandardCharsets.UTF_8);
        assertThat(change(receive(proven(Signing.bytes(created.replace("Object Created", "Object Deleted")))))
                        .kind())
                .isEqualTo(ObjectChangeKind.REMOVED);
        assertThat(receive(proven(Signing.bytes(created.replace("Object Created", "Object Tags Added")))))
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
        assertThat(receive(proven(record("minio:s3", "ObjectCreated:Put", "a%2F1%2F..%2Fmodel.safetensors"))))
                .isInstanceOf(Outcome.PutAside.class);
    }

    @Test
    void putsAsideOneRecordAndAcceptsTheOthers() {
        String good = new String(record("minio:s3", "ObjectCreated:Put", "a%2F1%2Fmodel.gguf"), StandardCharsets.UTF_8);
        String both = good.replace("]}", ",{\"eventSource\":\"other\"}]}");

        assertThat(receive(proven(both.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    assertThat(accepted.announcements()).hasSize(1);
                    assertThat(accepted.putAside())
                            .singleElement()
                            .satisfies(
                                    putAside -> assertThat(putAside.message()).contains("Records[1].eventSource"));
                });
    }

    private static ObjectChange change(Outcome outcome) {
        return (ObjectChange) ((Outcome.Accepted) outcome).announcements().getFirst();
    }

    private static byte[] record(String source, String eventName, String key) {
        return ("{\"Records\":[{\"eventSource\":\"" + source + "\",\"eventName\":\"" + eventName
                        + "\",\"s3\":{\"bucket\":{\"name\":\"models\"},\"object\":{\"key\":\"" + key + "\"}}}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
