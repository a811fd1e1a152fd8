package dev.forebear.replay;

import static dev.forebear.replay.Asking.NOW;
import static dev.forebear.replay.Asking.all;
import static dev.forebear.replay.Asking.asOf;
import static dev.forebear.replay.Asking.connect;
import static dev.forebear.replay.Asking.modelOf;
import static dev.forebear.replay.Asking.models;
import static dev.forebear.replay.Asking.names;
import static dev.forebear.replay.Asking.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.replay.audit.AuditedAncestor;
import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.replay.audit.AuditedEvent;
import dev.forebear.replay.audit.AuditedModel;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.PolicyVersion;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.Verdict;
import dev.forebear.schemas.wire.Viewpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays against a real broker. */
class ReplaysTest {

    private static PastInstance instance;

    @BeforeAll
    static void start(@TempDir Path data) {
        instance = new PastInstance(data);
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @Test
    void reportsOnEveryUploadOnceHoweverOftenItWasAnnounced() throws Exception {
        WireConfig wire = instance.create("once.");
        var base = instance.uploaded(wire, "base", 0, 1);
        instance.announce(wire, base);
        instance.announce(
                wire,
                ModelUploaded.newBuilder(base)
                        .setEventId("listing-base")
                        .setReceivedAt(Past.day(20))
                        .build());
        instance.uploaded(wire, "copy", 1, 1);

        List<AuditedModel> models = models(wire, all());

        assertThat(models)
                .map(model -> model.upload().getModelVersionId() + " announced "
                        + model.upload().getReceivedAt())
                .containsExactly(
                        "hub/base@1 announced 2025-01-01T00:00:01Z", "hub/copy@1 announced 2025-01-02T00:00:01Z");
        assertThat(models.getLast().report().getMatches()).singleElement().satisfies(match -> {
            assertThat(match.getModelVersionId()).isEqualTo("hub/base@1");
            assertThat(match.getVerdict()).isEqualTo(Verdict.SAME_WEIGHTS);
        });
        assertThat(models.getLast().report().getReportedAt())
                .as("the last announcement, not the clock")
                .isEqualTo(Past.day(20));
    }

    @Test
    void tellsWhatIsNewGoneAndUnchangedAgainstTheReportOfTheTime() throws Exception {
        WireConfig wire = instance.create("changes.");
        var known = instance.uploaded(wire, "known", 0, 1);
        var mistaken = instance.uploaded(wire, "mistaken", 0, 2);
        var derived = instance.uploaded(wire, "derived", 5, 1);
        instance.reported(
                wire,
                Past.report(
                        derived,
                        ConfirmationState.NOT_NEEDED,
                        Past.match(known, Verdict.SAME_WEIGHTS, "same"),
                        Past.match(mistaken, Verdict.DERIVED, "derived")));
        instance.uploaded(wire, "learned-later", 1, 1);

        AuditedModel model = modelOf("derived", models(wire, all()));

        assertThat(model.ancestors())
                .extracting(
                        AuditedAncestor::change, ancestor -> ancestor.match().getName())
                .containsExactly(
                        tuple(Change.NEW, "learned-later"),
                        tuple(Change.GONE, "mistaken"),
                        tuple(Change.UNCHANGED, "known"));
        assertThat(model.events())
                .extracting(AuditedEvent::topic, AuditedEvent::what)
                .containsExactly(
                        tuple("model-uploads", "announced"),
                        tuple("model-fingerprints", "fingerprinted"),
                        tuple("lineage-reports", "reported"));
    }

    @Test
    void knowsAsOfUploadOnlyWhatWasKnownThen() throws Exception {
        WireConfig wire = instance.create("then.");
        var early = instance.uploaded(wire, "early", 0, 1);
        // Older by the registry, but nobody had heard of it.
        var late = ModelUploaded.newBuilder(Past.upload("late", 0))
                .setReceivedAt(Past.day(30))
                .build();
        var derived = Past.upload("derived", 5);
        instance.announce(wire, derived);
        instance.fingerprinted(wire, Past.fingerprint(derived, 1, "late"));
        instance.reported(wire, Past.report(derived, ConfirmationState.NOT_NEEDED));
        instance.announce(wire, late);
        instance.fingerprinted(wire, Past.fingerprint(late, 1));

        var now = modelOf("derived", models(wire, all()));
        var then = modelOf("derived", models(wire, asOf(Viewpoint.AS_OF_UPLOAD)));

        assertThat(now.report().getMatches())
                .extracting(match -> match.getName(), match -> match.getDeclared())
                .contains(tuple("late", true));
        assertThat(then.report().getMatches())
                .extracting(match -> match.getModelVersionId())
                .containsExactly(early.getModelVersionId());
        assertThat(then.report().getDeclaredBases())
                .as("as the report of the time says they were")
                .isEmpty();
    }

    @Test
    void findsByThePolicyAndSaysWhichFindingsAlertedSomebody() throws Exception {
        WireConfig wire = instance.create("policy.");
        instance.uploaded(wire, "base", 0, 1);
        instance.uploaded(wire, "copy", 1, 1);
        instance.uploaded(wire, "other-copy", 2, 1);
        var findings = modelOf("copy", models(wire, all())).findings();
        assertThat(findings).isNotEmpty().noneMatch(finding -> finding.alerted());
        instance.write(
                wire,
                Topics.LINEAGE_ALERTS,
                findings.getFirst().alertId(),
                Past.alert(findings.getFirst().alertId()));

        List<AuditedModel> models = models(wire, all());

        assertThat(modelOf("copy", models).findings().getFirst().alerted()).isTrue();
        assertThat(modelOf("copy", models).events())
                .extracting(AuditedEvent::what)
                .contains("alert opened");
        assertThat(modelOf("other-copy", models).findings()).isNotEmpty().noneMatch(finding -> finding.alerted());
    }

    @Test
    void takesNoUploadForCleanOfWhichItHasNoFingerprintOfToday() throws Exception {
        WireConfig wire = instance.create("gone.");
        instance.announce(wire, Past.upload("pending", 0));
        var former = Past.replaced("replaced", 1, "a");
        var latter = Past.replaced("replaced", 2, "b");
        instance.announce(wire, former);
        instance.announce(wire, latter);
        instance.fingerprinted(wire, Past.fingerprint(latter, 7));
        var outdated = Past.upload("outdated", 3);
        instance.announce(wire, outdated);
        instance.fingerprinted(wire, Past.outdated(outdated, 8));

        assertThat(models(wire, all()))
                .extracting(
                        model -> model.upload().getEventId(),
                        model -> Optional.ofNullable(model.report().getNotAnalysed())
                                .map(NotAnalysed::getReason)
                                .orElse("analysed"))
                .containsExactly(
                        tuple("event-pending", "missing"),
                        tuple("event-replaced-a", "changed"),
                        tuple("event-replaced-b", "analysed"),
                        tuple("event-outdated", "unsupported"));
        try (Replays replays = connect(wire)) {
            ReplayCount count = replays.count(all(), Pace.of(1), ReplayWatch.NOBODY);
            assertThat(count.uploads()).isEqualTo(4);
            assertThat(count.current()).isEqualTo(1);
            assertThat(count.outdated()).isEqualTo(1);
            assertThat(count.gone()).isEqualTo(2);
            assertThat(count.references()).isEqualTo(2);
        }
    }

    @Test
    void keepsWhatWeightsWereFoundToSayAndListsWhatNobodyAskedThem() throws Exception {
        WireConfig wire = instance.create("weights.");
        var base = instance.functional(wire, "base", 0, 1);
        var confirmed = instance.functional(wire, "confirmed", 1, 2);
        instance.functional(wire, "unconfirmed", 2, 3);
        instance.reported(wire, Past.report(confirmed, ConfirmationState.PENDING));
        instance.reported(
                wire,
                Past.report(
                        confirmed,
                        ConfirmationState.CONFIRMED,
                        Past.match(base, Verdict.DERIVED, "hub/base@1: the rows agree.")));

        List<AuditedModel> models = models(wire, all());

        AuditedModel model = modelOf("confirmed", models);
        assertThat(model.report().getMatches()).singleElement().satisfies(match -> {
            assertThat(match.getVerdict()).isEqualTo(Verdict.DERIVED);
            assertThat(match.getSummary()).isEqualTo("hub/base@1: the rows agree.");
            assertThat(match.getNearest()).isTrue();
        });
        assertThat(model.report().getConfirmation()).isEqualTo(ConfirmationState.CONFIRMED);
        assertThat(model.unconfirmed()).isEmpty();
        assertThat(model.ancestors()).extracting(AuditedAncestor::change).containsExactly(Change.UNCHANGED);
        assertThat(modelOf("unconfirmed", models).unconfirmed()).contains("hub/base@1");
        assertThat(modelOf("unconfirmed", models).report().getConfirmation()).isEqualTo(ConfirmationState.NOT_NEEDED);
    }

    @Test
    void publishesWhatDiffersFromTheLastWordAsRevisionsOnce() throws Exception {
        WireConfig wire = instance.create("notify.");
        var base = instance.uploaded(wire, "base", 0, 1);
        instance.reported(wire, Past.report(base, ConfirmationState.NOT_NEEDED));
        var derived = instance.uploaded(wire, "derived", 1, 1);
        instance.reported(wire, Past.report(derived, ConfirmationState.NOT_NEEDED));

        try (Replays replays = connect(wire);
                ReplayOutcome outcome = replays.run(all(), Pace.of(1), ReplayWatch.NOBODY, replay -> {})) {
            assertThat(replays.publish(outcome)).isEqualTo(1);
            assertThat(replays.publish(outcome)).isZero();
        }

        assertThat(instance.read(wire, Topics.LINEAGE_REPORTS))
                .filteredOn(report -> report.getPurpose() == QueryPurpose.REVISION)
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.getModelVersionId()).isEqualTo("hub/derived@1");
                    assertThat(report.getReportedAt()).isEqualTo(NOW);
                    assertThat(report.getMatches()).hasSize(1);
                });
    }

    @Test
    void leavesOutWhatWasErasedAlthoughItsFingerprintIsStillThere() throws Exception {
        WireConfig wire = instance.create("erased.");
        instance.uploaded(wire, "base", 0, 1);
        instance.uploaded(wire, "copy", 1, 1);
        instance.write(
                wire,
                Topics.MODEL_CHANGES,
                "hub/base",
                ModelChanged.newBuilder()
                        .setEventId("erasure")
                        .setRegistry("hub")
                        .setName("base")
                        .setChange(ModelChangeKind.ERASED)
                        .setSender("forebear")
                        .setChangedAt(Past.day(5))
                        .setReceivedAt(Past.day(5))
                        .setCorrelationId("c")
                        .build());

        assertThat(models(wire, all())).singleElement().satisfies(model -> {
            assertThat(model.upload().getName()).isEqualTo("copy");
            assertThat(model.report().getMatches()).isEmpty();
        });
    }

    @Test
    void namesRegistriesTeamsAndReplaysThatDoNotExist() {
        WireConfig wire = instance.create("unknown.");
        instance.uploaded(wire, "base", 0, 1);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        models(wire, of(new Selection(null, null, List.of("hub", "hup"), null, List.of("nlp")))))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "registry: expected one of hub, found 'hup'",
                                "team: expected none, since there is none, found 'nlp'"));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> models(wire, of(new Selection(Past.day(9), null, List.of(), null, List.of()))))
                .withMessage("selection: expected at least one upload, found none; the first was announced at"
                        + " 2025-01-01T00:00:01Z, the last at 2025-01-01T00:00:01Z");
        try (Replays replays = connect(wire)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> replays.resume("123456789abc", Pace.of(1), ReplayWatch.NOBODY, replay -> {}))
                    .withMessageContaining("found '123456789abc'");
        }
    }

    @Test
    void selectsByTimeNameAndTeam() throws Exception {
        WireConfig wire = instance.create("selection.");
        instance.uploaded(wire, "nlp-old", 0, 1);
        instance.uploaded(wire, "nlp-new", 10, 2);
        instance.uploaded(wire, "vision", 10, 3);
        Policy teams = PolicyFile.parse("policy.yaml", """
            policy: 1
            models:
              - match: ["nlp-*"]
                team: nlp
            """);

        var range = new Selection(Past.day(5), Past.day(11), List.of("hub"), null, List.of("nlp"));
        assertThat(names(models(wire, new ReplayRequest(range, Viewpoint.AS_OF_NOW, teams, "policy.yaml", "ana"))))
                .containsExactly("nlp-new");
        assertThat(names(models(wire, of(new Selection(null, null, List.of(), "NLP-*", List.of())))))
                .containsExactly("nlp-old", "nlp-new");
    }

    @Test
    void takesThePolicyThatTheInstanceUses() throws Exception {
        WireConfig wire = instance.create("in-use.");
        try (Replays replays = connect(wire)) {
            assertThat(replays.policyInUse().source()).isEqualTo("standard");
            String text = PolicyFile.standardText() + "# ours\n";
            instance.write(wire, Topics.POLICY_VERSIONS, "a", new PolicyVersion("a", text, "ours.yaml", Past.day(2)));
            instance.write(
                    wire,
                    Topics.POLICY_VERSIONS,
                    "b",
                    new PolicyVersion("b", PolicyFile.standardText(), "earlier.yaml", Past.day(1)));

            assertThat(replays.policyInUse().source()).isEqualTo("ours.yaml");
            assertThat(replays.policyInUse().policy().text()).isEqualTo(text);
        }
    }
}
