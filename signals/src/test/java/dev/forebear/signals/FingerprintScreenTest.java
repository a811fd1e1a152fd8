package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.signals.FingerprintScreen.Asked;
import dev.forebear.signals.evidence.EvidenceFeatures;
import dev.forebear.signals.evidence.EvidenceScreen.Workspace;
import dev.forebear.signals.evidence.Functionals;
import dev.forebear.signals.evidence.NeuronScalars;
import dev.forebear.signals.evidence.PositionalSketch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The screen of many by many passes the pairs that the screen pair by pair passes, no more and no fewer. */
class FingerprintScreenTest {

    private static final int MODELS = 420;
    private static final IntPredicate NOTHING = place -> false;

    private final Random random = new Random(44);

    @Test
    void passesOfTheZooWhatEveryPairPassesByItself() throws IOException {
        FingerprintedZoo zoo = FingerprintedZoo.read();
        List<PreparedFingerprint> models =
                Zoo.open().plainModels().stream().map(zoo::prepared).toList();
        for (double screen : new double[] {-0.001, -1, -4, -12}) {
            double[] screens = new double[models.size()];
            Arrays.fill(screens, screen);
            assertThat(together(models, screens, NOTHING)).isEqualTo(pairByPair(models, screens, NOTHING));
        }
    }

    @Test
    void passesOfMadeFingerprintsWhatEveryPairPassesByItself() throws IOException {
        List<PreparedFingerprint> models = made();
        double[] screens = random.doubles(MODELS, -5, -0.5).toArray();
        assertThat(together(models, screens, NOTHING))
                .isEqualTo(pairByPair(models, screens, NOTHING))
                .hasSizeGreaterThan(MODELS);
    }

    @Test
    void passesNothingThatIsLeftOut() throws IOException {
        List<PreparedFingerprint> models = made().subList(0, MODELS / 3);
        double[] screens = new double[models.size()];
        Arrays.fill(screens, -1);
        IntPredicate leftOut = place -> place < 40 || place % 3 == 1;
        assertThat(together(models, screens, leftOut))
                .isEqualTo(pairByPair(models, screens, leftOut))
                .hasSizeGreaterThan(models.size())
                .hasSizeLessThan(together(models, screens, NOTHING).size());
    }

    @Test
    void findsAPairWhicheverIsAsked() throws IOException {
        List<PreparedFingerprint> models = made();
        double[] screens = new double[MODELS];
        Arrays.fill(screens, -1);
        Map<String, Boolean> asked = new TreeMap<>();
        Map<String, Boolean> other = new TreeMap<>();
        Asked all = new Asked(models, screens);
        FingerprintScreen screen = new FingerprintScreen(models);
        Workspace workspace = new Workspace();
        for (int tile = 0; tile < screen.tiles(); tile++) {
            screen.search(tile, NOTHING, all, workspace, (a, b, likely) -> {
                asked.put(a + " " + b, likely);
                other.put(b + " " + a, likely);
            });
        }
        assertThat(asked).isEqualTo(other).hasSizeGreaterThan(MODELS);
    }

    private List<PreparedFingerprint> made() throws IOException {
        PeerlessShape[] shapes = {
            new PeerlessShape(64, true, 16, 4),
            new PeerlessShape(64, true, 16, 30),
            new PeerlessShape(64, false, 16, 4),
            new PeerlessShape(96, true, 12, 13),
            new PeerlessShape(96, true, 16, 30),
        };
        Fingerprint zoo = FingerprintedZoo.read().fingerprint("base-a");
        List<PreparedFingerprint> models = new ArrayList<>();
        List<EvidenceFeatures> features = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            PeerlessShape shape = shapes[random.nextInt(shapes.length)];
            EvidenceFeatures parent = i > 20 && i % 2 == 0 ? features.get(i - 1 - random.nextInt(20)) : null;
            features.add(shape.features(random, parent));
            models.add(PreparedFingerprint.of(shape.fingerprint(zoo, i % 50 == 0 ? 0 : i, features.getLast())));
        }
        return models;
    }

    @Test
    void refusesAScreenThatEverythingPasses() throws IOException {
        PreparedFingerprint model = FingerprintedZoo.read().prepared("base-a");
        assertThatThrownBy(() -> new Asked(List.of(model), new double[] {0}))
                .hasMessage("screen: expected a value below 0, found 0.0");
    }

    private static Map<String, Boolean> together(
            List<PreparedFingerprint> models, double[] screens, IntPredicate leftOut) {
        Map<String, Boolean> passed = new TreeMap<>();
        FingerprintScreen screen = new FingerprintScreen(models);
        Asked asked = new Asked(models, screens);
        Workspace workspace = new Workspace();
        screen.copies(asked, (a, b, likely) -> {
            if (!leftOut.test(b)) {
                passed.put(a + " " + b, likely);
            }
        });
        for (int tile = 0; tile < screen.tiles(); tile++) {
            screen.search(tile, leftOut, asked, workspace, (a, b, likely) -> {
                if (likely || models.get(a).nomination(models.get(b)) >= 1) {
                    assertThat(passed.put(a + " " + b, likely)).isNull();
                }
            });
        }
        return passed;
    }

    private static Map<String, Boolean> pairByPair(
            List<PreparedFingerprint> models, double[] screens, IntPredicate leftOut) {
        Map<String, Boolean> passed = new TreeMap<>();
        for (int a = 0; a < models.size(); a++) {
            for (int b = 0; b < models.size(); b++) {
                boolean likely = models.get(a).screen(models.get(b)) <= screens[a];
                if (!leftOut.test(b) && (likely || models.get(a).nomination(models.get(b)) >= 1)) {
                    passed.put(a + " " + b, likely);
                }
            }
        }
        return passed;
    }

    /** A shape of which fingerprints are made that are random, or like others, or degenerate. */
    private record PeerlessShape(int hiddenSize, boolean gated, int neurons, int layers) {

        Fingerprint fingerprint(Fingerprint like, int weights, EvidenceFeatures features) {
            byte[] digest = new byte[32];
            digest[0] = (byte) weights;
            digest[1] = (byte) (weights >> 8);
            ModelShape shape = new ModelShape("llama", hiddenSize, layers, 128, 4, 2, 16, 1024, 1, gated, true, "BF16");
            return new Fingerprint(weights % 90 == 89 ? 2 : 1, digest, 1, shape, like.peer(), features);
        }

        EvidenceFeatures features(Random random, @Nullable EvidenceFeatures parent) {
            int kind = random.nextInt(12);
            return new EvidenceFeatures(
                    kind == 0 ? null : sketch(random, parent, kind),
                    kind == 1 ? null : scalars(random, parent, kind),
                    kind == 2 ? null : functionals(random, parent, kind),
                    List.of());
        }

        private PositionalSketch sketch(Random random, @Nullable EvidenceFeatures parent, int kind) {
            PositionalSketch of = parent == null ? null : parent.positional();
            byte[] empty = new byte[512];
            return new PositionalSketch(
                    kind == 3 ? empty : bytes(random, of == null ? null : of.gateUp(), 512),
                    kind == 4 ? 1 : 1 << random.nextInt(5, 16),
                    kind == 5 ? spike() : bytes(random, of == null ? null : of.value(), 512),
                    1 << random.nextInt(5, 16),
                    empty,
                    hiddenSize);
        }

        private static byte[] spike() {
            byte[] spike = new byte[512];
            spike[77] = -128;
            return spike;
        }

        private NeuronScalars scalars(Random random, @Nullable EvidenceFeatures parent, int kind) {
            NeuronScalars of = parent == null ? null : parent.neuronScalars();
            boolean alike = of != null && of.neurons() == neurons && of.layers() == layers && random.nextBoolean();
            byte[] first = alike ? of.firstScalar() : ranks(random);
            byte[] second = kind == 6 ? new byte[neurons * layers] : ranks(random);
            if (kind == 7) {
                random.nextBytes(first = first.clone());
            }
            if (kind == 8) {
                Arrays.fill(first = first.clone(), 0, neurons, (byte) 0);
            }
            return new NeuronScalars(neurons, layers, first, second);
        }

        private byte[] ranks(Random random) {
            byte[] ranks = new byte[neurons * layers];
            for (int layer = 0; layer < layers; layer++) {
                for (int i = 0; i < neurons; i++) {
                    int with = random.nextInt(i + 1);
                    ranks[layer * neurons + i] = ranks[layer * neurons + with];
                    ranks[layer * neurons + with] = (byte) (2 * i - neurons + 1);
                }
            }
            return ranks;
        }

        private static Functionals functionals(Random random, @Nullable EvidenceFeatures parent, int kind) {
            Functionals of = parent == null ? null : parent.functionals();
            byte[] anchors = new byte[512];
            for (int i = 0; i < 256; i++) {
                anchors[2 * i + 1] = (byte) i;
            }
            byte[] queryKey = bytes(random, of == null || of.queryKey().length == 0 ? null : of.queryKey(), 3200);
            byte[] feedForward =
                    bytes(random, of == null || of.feedForward().length == 0 ? null : of.feedForward(), 3200);
            byte[] geometry = bytes(random, of == null || of.geometry().length == 0 ? null : of.geometry(), 820);
            return new Functionals(
                    40,
                    kind == 9 ? new byte[0] : queryKey,
                    kind == 10 ? new byte[0] : feedForward,
                    anchors,
                    kind == 11 ? new byte[0] : geometry);
        }

        private static byte[] bytes(Random random, byte @Nullable [] like, int length) {
            double share = like == null ? 0 : random.nextDouble();
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                double own = 32 * random.nextGaussian();
                double value = like == null ? own : share * like[i] + (1 - share) * own;
                bytes[i] = (byte) Math.clamp(Math.round(value), -127, 127);
            }
            return bytes;
        }
    }
}
