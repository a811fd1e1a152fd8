package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.DirectionCertainty;
import dev.forebear.schemas.wire.Evidence;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.LayerAgreement;
import dev.forebear.schemas.wire.LineageDirection;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayState;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.TopicPosition;
import dev.forebear.schemas.wire.Verdict;
import dev.forebear.schemas.wire.Viewpoint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An audit of as many uploads as wanted, of every kind that there is. */
record SampleAudit(Replay replay, int uploads, IntFunction<AuditedModel> each) implements Audit {

    static final Instant START = Instant.parse("2025-11-20T08:00:00Z");

    private static final String POLICY = "policy: 1\nrules:\n  undisclosed-ancestry:\n    severity: high\n";

    static {
        // Avro copies our records only after a topic has vouched for them.
        Topics.REPLAYED_REPORTS.schema();
    }

    static SampleAudit of(int uploads) {
        return new SampleAudit(replay(uploads), uploads, SampleAudit::model);
    }

    /** One upload whose name, base and message are this text. */
    static SampleAudit named(String text) {
        return new SampleAudit(replay(1), 1, number -> finding(0, text, text));
    }

    @Override
    public Stream<AuditedModel> models() {
        return IntStream.range(0, uploads).mapToObj(each);
    }

    static Replay replay(long uploads) {
        return Replay.newBuilder()
                .setReplayId("5f1c9a0be3d2")
                .setFrom(START)
                .setUntil(START.plusSeconds(365 * 86_400))
                .setRegistries(List.of("internal"))
                .setViewpoint(Viewpoint.AS_OF_NOW)
                .setPolicyVersion("sha256:9b2cf535f277")
                .setPolicySource("policy.yaml")
                .setPolicyText(POLICY)
                .setAlgorithmVersion(3)
                .setPositions(List.of(
                        new TopicPosition("model-uploads", 0, 40_213L),
                        new TopicPosition("model-uploads", 1, 40_100L),
                        new TopicPosition("lineage-reports", 0, 51_877L)))
                .setUploads(uploads)
                .setReferences(99_268)
                .setReferenceSet("sha256:77b0c2d41f09")
                .setRequestedBy("ana@example.com")
                .setRequestedAt(Instant.now())
                .setState(ReplayState.COMPLETE)
                .setCompletedAt(Instant.now())
                .build();
    }

    private static AuditedModel model(int number) {
        String name = String.format(Locale.ROOT, "helios-%05d", number);
        return switch (number % 5) {
            case 0 -> finding(number, name, "quarry-ai/basalt-7b");
            case 1 -> notAnalysed(number, name);
            case 2 -> unconfirmed(number, name);
            case 3 -> gone(number, name);
            default -> clean(number, name);
        };
    }

    private static AuditedModel finding(int number, String name, String base) {
        LineageMatch match = match(base).build();
        LineageReport report = report(number, name).setMatches(List.of(match)).build();
        Severity severity = Severity.values()[number / 5 % Severity.values().length];
        var finding = new AuditedFinding(
                "undisclosed-ancestry",
                severity,
                name + " is made from " + base + ", which it does not declare",
                "The weights of " + name + " agree with those of " + base + ": 1 in 10^78 by chance.",
                match,
                "alert-" + number,
                number % 2 == 0);
        return new AuditedModel(
                upload(number, name),
                report,
                report(number, name).build(),
                List.of(new AuditedAncestor(Change.NEW, match)),
                List.of(finding),
                List.of(
                        new AuditedEvent("model-uploads", 1, number, "announced", START.plusSeconds(number)),
                        new AuditedEvent("lineage-reports", 0, 7L + number, "reported", START.plusSeconds(number + 9))),
                List.of());
    }

    private static AuditedModel notAnalysed(int number, String name) {
        LineageReport report = report(number, name)
                .setNotAnalysed(new NotAnalysed("malformed", "model.safetensors: expected a header, found nothing"))
                .build();
        return new AuditedModel(upload(number, name), report, null, List.of(), List.of(), List.of(), List.of());
    }

    private static AuditedModel unconfirmed(int number, String name) {
        LineageMatch match = match("quarry-ai/basalt-7b").setDeclared(true).build();
        LineageReport report = report(number, name).setMatches(List.of(match)).build();
        return new AuditedModel(
                upload(number, name),
                report,
                report,
                List.of(new AuditedAncestor(Change.UNCHANGED, match)),
                List.of(),
                List.of(),
                List.of(match.getModelVersionId()));
    }

    private static AuditedModel gone(int number, String name) {
        LineageMatch match = match("quarry-ai/slate-3b").build();
        return new AuditedModel(
                upload(number, name),
                report(number, name).build(),
                report(number, name).setMatches(List.of(match)).build(),
                List.of(new AuditedAncestor(Change.GONE, match)),
                List.of(),
                List.of(),
                List.of());
    }

    private static AuditedModel clean(int number, String name) {
        LineageReport report = report(number, name).build();
        return new AuditedModel(upload(number, name), report, report, List.of(), List.of(), List.of(), List.of());
    }

    private static ModelUploaded upload(int number, String name) {
        return ModelUploaded.newBuilder()
                .setEventId("mlflow:" + number)
                .setModelVersionId("internal/" + name + "@v1")
                .setRegistry("internal")
                .setName(name)
                .setVersion("v1")
                .setLocation("s3://models/" + number + "/")
                .setSender("mlflow")
                .setLane(Lane.INTERACTIVE)
                .setUploadedBy("trainer")
                .setUploadedAt(START.plusSeconds(number))
                .setReceivedAt(START.plusSeconds(number + 1))
                .setCorrelationId("c-" + number)
                .build();
    }

    private static LineageReport.Builder report(int number, String name) {
        return LineageReport.newBuilder()
                .setReportId("internal/" + name + "@v1#" + number)
                .setModelVersionId("internal/" + name + "@v1")
                .setRegistry("internal")
                .setName(name)
                .setVersion("v1")
                .setLicence("mit")
                .setPurpose(QueryPurpose.UPLOAD)
                .setDeclaredBases(
                        List.of(new DeclaredBase(name, "finetune", "model-card", DeclarationStrength.STATED, null)))
                .setMatches(List.of())
                .setComparedModels(99_268)
                .setIncomparableModels(number % 7)
                .setUploadedAt(START.plusSeconds(number))
                .setReportedAt(START.plusSeconds(number + 9))
                .setConfirmation(ConfirmationState.CONFIRMED)
                .setConfirmationProblems(List.of())
                .setCorrelationId("c-" + number);
    }

    private static LineageMatch.Builder match(String base) {
        return LineageMatch.newBuilder()
                .setModelVersionId("hub/" + base + "@main")
                .setRegistry("hub")
                .setName(base)
                .setVersion("main")
                .setLicence("apache-2.0")
                .setVerdict(Verdict.DERIVED)
                .setBasis(EvidenceBasis.EXACT)
                .setDeclared(false)
                .setNearest(true)
                .setParent(true)
                .setUploadedAt(START.minusSeconds(86_400))
                .setLog10EValue(-78.1)
                .setEffectSize(0.97)
                .setSummary("Derived from " + base + ".")
                .setRelation(new LineageRelation("fine-tuned", "layers 0 to 3", List.of()))
                .setDirection(new LineageDirection(DirectionCertainty.LIKELY, false, "norms grew"))
                .setLayerAgreement(new LayerAgreement(2, 2, List.of(41f, 0.3f, Float.NaN, 39f)))
                .setEvidence(List.of(
                        evidence("positional-sketch", 0.97, -82.5),
                        evidence("neuron-scalars", Double.NaN, 0),
                        evidence("layer-functionals", -0.4, -0.2)))
                .setPeerSimilarities(List.of());
    }

    private static Evidence evidence(String signal, double value, double log10) {
        return new Evidence(
                signal, "cosine of rows", value, 0.0, 0.044, log10, -4.0, "neuron indices are exchangeable");
    }
}
