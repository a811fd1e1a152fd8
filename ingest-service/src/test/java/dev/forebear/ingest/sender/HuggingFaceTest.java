package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ObjectChangeKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceTest implements SenderContract {

    @Override
    public RegistryKind kind() {
        return RegistryKind.HUGGING_FACE;
    }

    @Override
    public Secret secret() {
        return Secret.of("hf-demo-secret-0001");
    }

    @Override
    public Webhook sample() {
        return Sample.read("hf-01-repo-content-update");
    }

    @Override
    public Webhook proven(byte[] body) {
        return Sample.with(sample(), body);
    }

    @Override
    public String proofHeader() {
        return "X-Webhook-Secret";
    }

    @Test
    void announcesTheNewRevisionOfBranch() {
        assertThat(receive(sample())).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            var upload = accepted.uploads().getFirst();
            assertThat(upload.id())
                    .hasToString("internal/brightforge/helios-7b-instruct@2b38059c1bba49d51be5ee2cff9cc011a7effa68");
            assertThat(upload.location())
                    .isEqualTo("hf://brightforge/helios-7b-instruct@2b38059c1bba49d51be5ee2cff9cc011a7effa68");
            assertThat(upload.at()).isEqualTo(Sample.TIME);
        });
    }

    @Test
    void announcesTheFirstRevisionOfNewRepository() {
        assertThat(receive(Sample.read("hf-02-repo-create")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.uploads())
                                .singleElement()
                                .extracting(upload -> upload.id().version())
                                .isEqualTo("41555857ff04718e6a27dcd1e1cba63fa9daadf2"));
    }

    @Test
    void announcesEveryCreatedRefByItsOwnRevisionAndNoDeletedOne() {
        assertThat(receive(Sample.read("hf-03-new-tag-and-branch")))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    assertThat(accepted.uploads())
                            .extracting(upload -> upload.id().version())
                            .containsExactly(
                                    "6f4e59277bf8e018e2bd8ceef3aefda483694eb7",
                                    "8bc10f6642d7b68a612d8494b50a47fa7b458151");
                    assertThat(accepted.putAside()).isEmpty();
                });
    }

    @Test
    void announcesRevisionOnceWhenTwoRefsPointToIt() {
        assertThat(receive(changed(
                        "hf-03-new-tag-and-branch",
                        "8bc10f6642d7b68a612d8494b50a47fa7b458151",
                        "6f4e59277bf8e018e2bd8ceef3aefda483694eb7")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.uploads()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "hf-04-pull-request-ref, not-released",
        "hf-09-discussion-pr-opened, not-content",
        "hf-10-unknown-future-scope, other-setting"
    })
    void ignoresWhatBringsNoWeights(String sample, String reason) {
        assertThat(receive(Sample.read(sample))).isEqualTo(new Outcome.Ignored(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "hf-05-repo-config-visibility, VISIBILITY_CHANGED, brightforge/helios-7b-instruct, 36742f1a94067b96a129b56d",
        "hf-06-repo-delete, DELETED, quarry-ai/slate-1b, 9352f85e1a9190a5934f76be",
        "hf-07-repo-move, MOVED, quarry-labs/basalt-3b, 53e45c85264915f6103c2026"
    })
    void tellsWhatHappenedToRepositoryByTheIdThatItKeeps(
            String sample, ModelChangeKind kind, String name, String stableId) {
        assertThat(receive(Sample.read(sample))).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.announcements()).singleElement().isInstanceOfSatisfying(ModelChange.class, change -> {
                assertThat(change.kind()).isEqualTo(kind);
                assertThat(change.name()).isEqualTo(name);
                assertThat(change.stableId()).isEqualTo(stableId);
                assertThat(change.version()).isNull();
                assertThat(change.visibility()).isEqualTo("public");
            });
        });
    }

    @Test
    void tellsWhatTheHubCallsTheModelAndWhoMaySeeIt() {
        assertThat(receive(changed("hf-01-repo-content-update", "\"private\":false", "\"private\":true")))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    assertThat(accepted.uploads().getFirst().stableId()).isEqualTo("36742f1a94067b96a129b56d");
                    assertThat(accepted.uploads().getFirst().visibility()).isEqualTo("private");
                });
    }

    @Test
    void takesWhatIsChangedBackAndAgainForANewChange() {
        var sample = Sample.read("hf-05-repo-config-visibility");
        var again = Sample.at(Sample.TIME.plusSeconds(60), sample);

        assertThat(((Outcome.Accepted) receive(again))
                        .announcements()
                        .getFirst()
                        .eventId())
                .isNotEqualTo(((Outcome.Accepted) receive(sample))
                        .announcements()
                        .getFirst()
                        .eventId());
    }

    @Test
    void takesTheSecretFromTheAddress() {
        var webhook = Sample.without(sample(), proofHeader());
        var query = Map.of("secret", "hf-demo-secret-0001");

        assertThat(receive(new Webhook(webhook.headers(), query, webhook.body(), Sample.TIME)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf-01-repo-content-update",
                "hf-04-pull-request-ref",
                "hf-06-repo-delete",
                "hf-08-bucket-content-update",
                "hf-10-unknown-future-scope"
            })
    void refusesEverySampleWithTheSecretOfSomebodyElse(String sample) {
        assertThat(receive(Sample.with(Sample.read(sample), "X-Webhook-Secret", "hf-demo-secret-0002")))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void takesUnknownNarrowerScopeForTheBroaderOne() {
        assertThat(receive(changed("hf-01-repo-content-update", "repo.content\"", "repo.content.lfs\"")))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(receive(changed("hf-01-repo-content-update", "repo.content\"", "repo.contents\"")))
                .isEqualTo(new Outcome.Ignored("not-content"));
    }

    @Test
    void putsWeightsInBucketsAsideBecauseBucketsHaveNoRevisions() {
        assertThat(receive(Sample.read("hf-08-bucket-content-update")))
                .isInstanceOfSatisfying(Outcome.PutAside.class, putAside -> {
                    assertThat(putAside.reason()).isEqualTo(DeadLetterReason.UNSUPPORTED);
                    assertThat(putAside.message()).contains("brightforge/checkpoints");
                });
    }

    @Test
    void tellsOfFilesInBucketsWhereTheOperatorSaysTheyCanBeRead() {
        var mirrored = registration().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));

        assertThat(Sender.of(mirrored).receive(Sample.read("hf-08-bucket-content-update")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.announcements())
                                .extracting(ObjectChange.class::cast)
                                .extracting(ObjectChange::kind, ObjectChange::folder)
                                .containsExactly(
                                        tuple(ObjectChangeKind.WRITTEN, "s3://mirror/helios-7b/step-12000/"),
                                        tuple(ObjectChangeKind.REMOVED, "s3://mirror/helios-7b/step-11000/")));
    }

    @Test
    void ignoresBucketFilesThatAreNoWeights() {
        assertThat(receive(changed("hf-08-bucket-content-update", "model.safetensors", "notes.txt")))
                .isEqualTo(new Outcome.Ignored("bucket-without-weights"));
    }

    @Test
    void ignoresDatasetsAndSpaces() {
        assertThat(receive(changed("hf-01-repo-content-update", "\"type\":\"model\"", "\"type\":\"dataset\"")))
                .isEqualTo(new Outcome.Ignored("not-a-model"));
    }

    @Test
    void putsAsideNamesThatNobodyCouldShow() {
        assertThat(receive(changed(
                        "hf-01-repo-content-update", "\"name\":\"brightforge", "\"name\":\"bright\\u202eforge")))
                .isInstanceOfSatisfying(
                        Outcome.PutAside.class,
                        putAside -> assertThat(putAside.reason()).isEqualTo(DeadLetterReason.UNUSABLE));
    }

    private static Webhook changed(String sample, String from, String to) {
        var webhook = Sample.read(sample);
        String body = new String(webhook.body(), StandardCharsets.UTF_8);
        assertThat(body).contains(from);
        return Sample.with(webhook, body.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }
}
