package dev.forebear.match;

import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.Functionals;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.PeerFeatures;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Model fingerprints for tests. Models of the same weights have the same digest and nothing else to compare. */
final class Models {

    static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private static final int FUNCTION_WIDTH = 40;
    private static final int ANCHORS = 256;

    private Models() {}

    /** A model of the registry "hub", uploaded so many seconds after the start. */
    static ModelFingerprint model(String name, int weights, int seconds, String... declared) {
        return base(name, seconds, declared)
                .setFingerprint(fingerprint(weights, dev.forebear.signals.Fingerprint.ALGORITHM_VERSION))
                .build();
    }

    static ModelFingerprint ofAlgorithm(int version, String name, int weights, int seconds) {
        return base(name, seconds).setFingerprint(fingerprint(weights, version)).build();
    }

    /** A model with a fingerprint made elsewhere. */
    static ModelFingerprint of(Fingerprint fingerprint, String name, int seconds, String... declared) {
        return base(name, seconds, declared).setFingerprint(fingerprint).build();
    }

    static ModelFingerprint notAnalysed(String name, String reason) {
        return base(name, 0)
                .setNotAnalysed(new NotAnalysed(reason, "model.safetensors: truncated"))
                .build();
    }

    /** Weights in a layout that no statistic reads. */
    static ModelFingerprint withoutEvidence(String name, int weights, int seconds) {
        return base(name, seconds)
                .setFingerprint(fingerprint(weights, dev.forebear.signals.Fingerprint.ALGORITHM_VERSION))
                .setNotAnalysed(new NotAnalysed("unsupported", "packed weights"))
                .build();
    }

    /** Weights of their own digest; models of the same function do the same to tokens. */
    static ModelFingerprint withFunction(String name, int weights, int function, int seconds) {
        var fingerprint = Fingerprint.newBuilder(
                        fingerprint(weights, dev.forebear.signals.Fingerprint.ALGORITHM_VERSION))
                .setEvidence(new EvidenceFeatures(null, null, functionals(function), List.of()))
                .build();
        return base(name, seconds).setFingerprint(fingerprint).build();
    }

    private static Functionals functionals(int function) {
        var matrix = new byte[FUNCTION_WIDTH * FUNCTION_WIDTH];
        new Random(function).nextBytes(matrix);
        var anchors = ByteBuffer.allocate(2 * ANCHORS);
        for (int i = 0; i < ANCHORS; i++) {
            anchors.putShort((short) i);
        }
        return new Functionals(FUNCTION_WIDTH, ByteBuffer.wrap(matrix), empty(), anchors.flip(), empty());
    }

    static String id(String name) {
        return "hub/" + name + "@1";
    }

    private static ModelFingerprint.Builder base(String name, int seconds, String... declared) {
        return ModelFingerprint.newBuilder()
                .setModelVersionId(id(name))
                .setRegistry("hub")
                .setName(name)
                .setVersion("1")
                .setLocation("s3://models/" + name + "/")
                .setUploadEventId("event-" + name)
                .setDeclaredBases(Arrays.stream(declared)
                        .map(base -> new DeclaredBase(base, null, "model-card", DeclarationStrength.STATED, null))
                        .toList())
                .setLicence("mit")
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(START.plusSeconds(seconds))
                .setFingerprintedAt(START.plusSeconds(seconds + 1))
                .setBytesRead(1)
                .setRequests(1)
                .setElapsedMillis(1)
                .setCorrelationId("c-" + name);
    }

    private static Fingerprint fingerprint(int weights, int algorithmVersion) {
        var digest = new byte[32];
        digest[0] = (byte) weights;
        var architecture = new ArchitectureFeature("a", "f", "MHA", "rmsnorm", "rope", false, false, 10_000.0, 1, 2);
        var peer = new PeerFeatures(architecture, null, empty(), List.of(), List.of(), "direct", 0, empty(), List.of());
        var shape = new ModelShape("llama", 64, 4, 128, 4, 2, 16, 1024, 1, true, true, "BF16");
        return new Fingerprint(
                algorithmVersion,
                ByteBuffer.wrap(digest),
                215_000L,
                shape,
                peer,
                new EvidenceFeatures(null, null, null, List.of()));
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }
}
