package dev.forebear.benchmarks;

import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.Functionals;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.NeuronScalars;
import dev.forebear.schemas.wire.PeerFeatures;
import dev.forebear.schemas.wire.PositionalSketch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fingerprints of a large registry by numbers, as large as those of real models, without any weights: three of ten
 * models are independent of all others, the rest descend from one of {@value #FAMILIES} bases, of which few have most
 * descendants. Seven of ten have one shape. Made from a seed: always the same.
 */
final class GeneratedFingerprints {

    static final int FAMILIES = 2_000;

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SEED = 44;
    private static final int POOL = 1 << 25;
    private static final int VALUES = 1 << 16;
    private static final double TYPICAL = 34;
    private static final int VOCABULARIES = 4;
    private static final int HEAD_START = 20;

    private final byte[] pool = new byte[POOL];
    private final int largestShare;

    /** @param largestShare percentage of all that descends from one base, besides its own family; 0 for none */
    GeneratedFingerprints(int largestShare) {
        this.largestShare = largestShare;
        var random = new SplittableRandom(SEED);
        byte[] values = new byte[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = (byte) Math.clamp(Math.round(TYPICAL * random.nextGaussian()), -127, 127);
        }
        for (int i = 0; i < POOL; i++) {
            pool[i] = values[random.nextInt(VALUES)];
        }
    }

    /** What a model is drawn from: its family, or -1, its shape, and how much of the base it keeps. */
    private record Drawn(int family, Shape shape, double kept) {}

    private record Shape(int hiddenSize, int layers, int intermediateSize) {}

    private static final Shape USUAL = new Shape(4096, 32, 14_336);
    private static final List<Shape> OTHERS =
            List.of(new Shape(2048, 24, 8192), new Shape(3584, 28, 18_944), new Shape(5120, 40, 13_824));

    private Drawn drawn(int number) {
        var random = new SplittableRandom(SEED + number);
        int family = -1;
        if (random.nextInt(100) < largestShare) {
            family = 0;
        } else if (random.nextInt(10) >= 3) {
            double ratio = (double) (FAMILIES + HEAD_START) / HEAD_START;
            family = (int) (HEAD_START * Math.pow(ratio, random.nextDouble())) - HEAD_START;
        }
        var ofShape = new SplittableRandom(SEED - 1 - (family < 0 ? FAMILIES + number : family));
        int shape = ofShape.nextInt(10);
        return new Drawn(family, shape < 7 ? USUAL : OTHERS.get(shape - 7), 1 - 0.3 * Math.pow(random.nextDouble(), 3));
    }

    static String id(int number) {
        return "internal/team-" + number % 40 + "/model-" + number + "@v1";
    }

    Instant knownSince(int number) {
        return uploadedAt(number).plusSeconds(3);
    }

    private static Instant uploadedAt(int number) {
        return BEGIN.plusSeconds(120L * number);
    }

    ModelFingerprint model(int number) {
        var drawn = drawn(number);
        String name = "team-" + number % 40 + "/model-" + number;
        return ModelFingerprint.newBuilder()
                .setModelVersionId(id(number))
                .setRegistry("internal")
                .setName(name)
                .setVersion("v1")
                .setLocation("s3://models/" + name + "/v1/")
                .setUploadEventId("e" + number)
                .setFingerprint(fingerprint(number, drawn))
                .setDeclaredBases(declared(number, drawn))
                .setLicence("apache-2.0")
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(uploadedAt(number))
                .setFingerprintedAt(uploadedAt(number).plusSeconds(2))
                .setBytesRead(248_700_000)
                .setRequests(1600)
                .setElapsedMillis(4100)
                .setCorrelationId("c" + number)
                .build();
    }

    private static List<DeclaredBase> declared(int number, Drawn drawn) {
        return drawn.family() < 0 || number % 3 > 0
                ? List.of()
                : List.of(new DeclaredBase(
                        "publisher/base-" + drawn.family(), null, "model-card", DeclarationStrength.STATED, null));
    }

    private Fingerprint fingerprint(int number, Drawn drawn) {
        var shape = drawn.shape();
        var part = new Part(number, drawn);
        return Fingerprint.newBuilder()
                .setAlgorithmVersion(dev.forebear.signals.Fingerprint.ALGORITHM_VERSION)
                .setWeightsDigest(part.own(32))
                .setParameters(7_000_000_000L)
                .setShape(new ModelShape(
                        "llama",
                        shape.hiddenSize(),
                        shape.layers(),
                        shape.intermediateSize(),
                        32,
                        8,
                        128,
                        128_256,
                        1,
                        true,
                        false,
                        "BF16"))
                .setPeer(peer(part, shape))
                .setEvidence(new EvidenceFeatures(
                        new PositionalSketch(
                                part.of(512),
                                32 * shape.hiddenSize(),
                                part.of(512),
                                16 * shape.hiddenSize(),
                                part.of(512),
                                shape.hiddenSize()),
                        new NeuronScalars(16, shape.layers(), part.ranks(shape.layers()), part.ranks(shape.layers())),
                        new Functionals(40, part.of(9600), part.of(9600), anchors(drawn), part.of(820)),
                        List.of()))
                .build();
    }

    private static PeerFeatures peer(Part part, Shape shape) {
        return PeerFeatures.newBuilder()
                .setArchitecture(new ArchitectureFeature(
                        "a" + shape.hiddenSize(), "f", "GQA", "rmsnorm", "rope", false, false, 500_000.0, 1, 2))
                .setTokenizer(null)
                .setAnchorSimilarities(part.of(4032))
                .setEmbeddingNormHistogram(Collections.nCopies(20, 0.05f))
                .setLayerEnergyProfile(Collections.nCopies(shape.layers(), 0.5f))
                .setNormLayerMode("direct")
                .setNormLayerLength(4096)
                .setNormLayerSketch(part.of(256))
                .setWeightValueSketches(IntStream.range(0, shape.layers())
                        .mapToObj(layer -> part.of(64))
                        .toList())
                .build();
    }

    /** Families of one vocabulary know the same tokens, those of another a part of them. */
    private static ByteBuffer anchors(Drawn drawn) {
        int vocabulary = Math.floorMod(drawn.family(), VOCABULARIES);
        var anchors = ByteBuffer.allocate(1024);
        for (int i = 0; i < 512; i++) {
            anchors.putShort((short) (i < 400 ? 64 * i : 64 * i + vocabulary));
        }
        return anchors.flip();
    }

    /** The parts of one fingerprint, one after the other: of a family each is near that of the base. */
    private final class Part {

        private final SplittableRandom own;
        private final SplittableRandom ofBase;
        private final double kept;

        Part(int number, Drawn drawn) {
            own = new SplittableRandom(SEED * 31 + number);
            ofBase = new SplittableRandom(SEED * 37 - 1 - drawn.family());
            kept = drawn.family() < 0 ? 0 : drawn.kept();
        }

        ByteBuffer own(int length) {
            byte[] bytes = new byte[length];
            own.nextBytes(bytes);
            return ByteBuffer.wrap(bytes);
        }

        ByteBuffer of(int length) {
            int from = own.nextInt(POOL - length);
            int base = ofBase.nextInt(POOL - length);
            int share = (int) Math.round(1024 * kept);
            int rest = (int) Math.round(1024 * Math.sqrt(1 - kept * kept));
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                int value = share * pool[base + i] + rest * pool[from + i] + 512 >> 10;
                bytes[i] = (byte) Math.max(-127, Math.min(127, value));
            }
            return ByteBuffer.wrap(bytes);
        }

        /** Ranks of 16 neurons in every layer; of a family mostly those of the base. */
        ByteBuffer ranks(int layers) {
            byte[] ranks = new byte[16 * layers];
            for (int layer = 0; layer < layers; layer++) {
                var order = new SplittableRandom(ofBase.nextLong());
                boolean keeps = own.nextDouble() < kept;
                shuffle(ranks, 16 * layer, keeps ? order : own);
            }
            return ByteBuffer.wrap(ranks);
        }

        private static void shuffle(byte[] ranks, int from, SplittableRandom random) {
            for (int i = 0; i < 16; i++) {
                int with = random.nextInt(i + 1);
                ranks[from + i] = ranks[from + with];
                ranks[from + with] = (byte) (2 * i - 15);
            }
        }
    }
}
