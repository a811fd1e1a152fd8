package dev.forebear.replay;

import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.Functionals;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.PeerFeatures;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Records of a past. Models of the same weights have the same digest, and nothing else to compare. */
final class Past {

    static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

    private static final int FUNCTION_WIDTH = 40;
    private static final int ANCHORS = 256;

    static {
        WireTrust.establish();
    }

    private Past() {}

    /** A model of the registry "hub". */
    static String id(String name) {
        return "hub/" + name + "@1";
    }

    static Instant day(int day) {
        return BEGIN.plusSeconds(day * 86_400L);
    }

    static ModelUploaded upload(String name, int day) {
        return ModelUploaded.newBuilder()
                .setEventId("event-" + name)
                .setModelVersionId(id(name))
                .setRegistry("hub")
                .setName(name)
                .setVersion("1")
                .setLocation("s3://models/" + name + "/")
                .setSender("mlflow")
                .setLane(Lane.INTERACTIVE)
                .setUploadedBy("ana")
                .setUploadedAt(day(day))
                .setReceivedAt(day(day).plusSeconds(1))
                .setCorrelationId("c-" + name)
                .build();
    }

    /** The same upload with other weights under the same version. */
    static ModelUploaded replaced(String name, int day, String tag) {
        return ModelUploaded.newBuilder(upload(name, day))
                .setEventId("event-" + name + "-" + tag)
                .setCorrelationId("c-" + name + "-" + tag)
                .setContentTag(tag)
                .build();
    }

    static ModelFingerprint fingerprint(ModelUploaded upload, int weights, String... declared) {
        return of(upload, declared).setFingerprint(weights(weights, today())).build();
    }

    static ModelFingerprint outdated(ModelUploaded upload, int weights) {
        return of(upload).setFingerprint(weights(weights, today() - 1)).build();
    }

    /** Weights of their own; models of the same function do the same to tokens. */
    static ModelFingerprint withFunction(ModelUploaded upload, int weights, int function) {
        var matrix = new byte[FUNCTION_WIDTH * FUNCTION_WIDTH];
        new Random(function).nextBytes(matrix);
        var anchors = ByteBuffer.allocate(2 * ANCHORS);
        for (int i = 0; i < ANCHORS; i++) {
            anchors.putShort((short) i);
        }
        var functionals = new Functionals(FUNCTION_WIDTH, ByteBuffer.wrap(matrix), empty(), anchors.flip(), empty());
        return of(upload)
                .setFingerprint(Fingerprint.newBuilder(weights(weights, today()))
                        .setEvidence(new EvidenceFeatures(null, null, functionals, List.of()))
                        .build())
                .build();
    }

    static LineageReport report(ModelUploaded upload, ConfirmationState state, LineageMatch... matches) {
        return LineageReport.newBuilder()
                .setReportId(upload.getModelVersionId() + "#" + upload.getEventId())
                .setModelVersionId(upload.getModelVersionId())
                .setRegistry(upload.getRegistry())
                .setName(upload.getName())
                .setVersion(upload.getVersion())
                .setPurpose(QueryPurpose.UPLOAD)
                .setMatches(List.of(matches))
                .setComparedModels(1)
                .setIncomparableModels(0)
                .setUploadedAt(upload.getUploadedAt())
                .setReportedAt(upload.getReceivedAt().plusSeconds(5))
                .setConfirmation(state)
                .setCorrelationId(upload.getCorrelationId())
                .build();
    }

    static LineageMatch match(ModelUploaded base, Verdict verdict, String summary) {
        return LineageMatch.newBuilder()
                .setModelVersionId(base.getModelVersionId())
                .setRegistry(base.getRegistry())
                .setName(base.getName())
                .setVersion(base.getVersion())
                .setVerdict(verdict)
                .setBasis(EvidenceBasis.EXACT)
                .setDeclared(false)
                .setNearest(true)
                .setParent(true)
                .setUploadedAt(base.getUploadedAt())
                .setLog10EValue(-50)
                .setEffectSize(0.9)
                .setSummary(summary)
                .setEvidence(List.of())
                .setPeerSimilarities(List.of())
                .build();
    }

    static LineageAlert alert(String id) {
        return LineageAlert.newBuilder()
                .setAlertId(id)
                .setRule("copied-weights")
                .setSeverity(Severity.HIGH)
                .setState(AlertState.RESOLVED)
                .setDerivedModelVersionId(id("copy"))
                .setDerivedModelId("hub/copy")
                .setVerdict(Verdict.SAME_WEIGHTS)
                .setLog10EValue(-300)
                .setTitle("copy")
                .setExplanation("copy")
                .setReportId("r")
                .setOpenedAt(day(2))
                .setUpdatedAt(day(3))
                .setCorrelationId("c")
                .build();
    }

    private static ModelFingerprint.Builder of(ModelUploaded upload, String... declared) {
        return ModelFingerprint.newBuilder()
                .setModelVersionId(upload.getModelVersionId())
                .setRegistry(upload.getRegistry())
                .setName(upload.getName())
                .setVersion(upload.getVersion())
                .setLocation(upload.getLocation())
                .setUploadEventId(upload.getEventId())
                .setDeclaredBases(Arrays.stream(declared)
                        .map(base -> new DeclaredBase(base, null, "model-card", DeclarationStrength.STATED, null))
                        .toList())
                .setLicence("mit")
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(upload.getUploadedAt())
                .setFingerprintedAt(upload.getReceivedAt().plusSeconds(2))
                .setBytesRead(1)
                .setRequests(1)
                .setElapsedMillis(1)
                .setCorrelationId(upload.getCorrelationId());
    }

    private static int today() {
        return dev.forebear.signals.Fingerprint.ALGORITHM_VERSION;
    }

    private static Fingerprint weights(int weights, int algorithmVersion) {
        var digest = ByteBuffer.allocate(32).putInt(0, weights);
        var architecture = new ArchitectureFeature("a", "f", "MHA", "rmsnorm", "rope", false, false, 10_000.0, 1, 2);
        var peer = new PeerFeatures(architecture, null, empty(), List.of(), List.of(), "direct", 0, empty(), List.of());
        var shape = new ModelShape("llama", 64, 4, 128, 4, 2, 16, 1024, 1, true, true, "BF16");
        return new Fingerprint(
                algorithmVersion, digest, 215_000L, shape, peer, new EvidenceFeatures(null, null, null, List.of()));
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }
}
