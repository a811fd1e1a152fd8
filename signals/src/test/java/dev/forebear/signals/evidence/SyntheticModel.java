package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import dev.forebear.signals.statistics.StableHash;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A model whose rows are drawn when they are read, with what real weights have and random ones do not: heavy tails
 * (Student's t with three degrees of freedom), neurons of different norms, and, the same in every model, residual
 * dimensions of different scale with a few far out, gains that follow them, and a few directions of falling strength
 * that carry a third of every row.
 */
final class SyntheticModel {

    private static final int TABLE = 1 << 16;
    private static final int DIRECTIONS = 4;
    private static final float SHARED_STRENGTH = 0.6f;
    private static final int VOCABULARY = 512;

    private final long seed;
    private final Common common;
    private final Spoiler spoiler;

    /** Changes what is drawn. */
    interface Spoiler {

        /** @param matrix role and layer, as "role.layer" */
        float spoil(String matrix, int row, float drawn);
    }

    /** What all models of one hidden size have in common. */
    static final class Common {

        private final int hiddenSize;
        private final float[] heavyTails = new float[TABLE];
        private final float[] scales;
        private final float[][] directions;

        Common(int hiddenSize) {
            this.hiddenSize = hiddenSize;
            Random random = new Random(7);
            for (int i = 0; i < TABLE; i++) {
                double chi = 0;
                for (int k = 0; k < 3; k++) {
                    double normal = random.nextGaussian();
                    chi += normal * normal;
                }
                heavyTails[i] = (float) (random.nextGaussian() / Math.sqrt(chi / 3));
            }
            scales = new float[hiddenSize];
            for (int i = 0; i < hiddenSize; i++) {
                scales[i] = (float) Math.exp(0.5 * random.nextGaussian());
            }
            for (int i = 0; i < 6; i++) {
                scales[random.nextInt(hiddenSize)] *= 20;
            }
            directions = new float[DIRECTIONS][hiddenSize];
            for (int k = 0; k < DIRECTIONS; k++) {
                for (int i = 0; i < hiddenSize; i++) {
                    directions[k][i] = (float) random.nextGaussian() * SHARED_STRENGTH * 2 / (k + 1);
                }
            }
        }
    }

    SyntheticModel(long seed, Common common) {
        this(seed, common, (matrix, row, drawn) -> drawn);
    }

    private SyntheticModel(long seed, Common common, Spoiler spoiler) {
        this.seed = seed;
        this.common = common;
        this.spoiler = spoiler;
    }

    SyntheticModel spoiledBy(Spoiler other) {
        return new SyntheticModel(seed, common, other);
    }

    Transformer transformer(int layers, int intermediateSize, int heads, int headSize) {
        List<Layer> blocks = IntStream.range(0, layers)
                .mapToObj(index -> layer(index, intermediateSize, headSize))
                .toList();
        WeightMatrix embedding = matrix(0, 0, VOCABULARY);
        return new Transformer(
                "llama",
                Normalisation.RMS,
                common.hiddenSize,
                intermediateSize,
                heads,
                heads,
                headSize,
                embedding,
                embedding,
                true,
                gains(1, layers),
                blocks);
    }

    private Layer layer(int index, int intermediateSize, int headSize) {
        Mlp mlp = new Mlp(
                matrix(2, index, intermediateSize),
                matrix(3, index, intermediateSize),
                matrix(4, index, common.hiddenSize),
                null);
        return new Layer(
                index,
                gains(5, index),
                null,
                gains(6, index),
                null,
                null,
                null,
                matrix(7, index, headSize),
                null,
                List.of(mlp));
    }

    private long key(int role, int layer) {
        return StableHash.of(StableHash.of(seed, role), layer);
    }

    private WeightVector gains(int role, int layer) {
        return new DrawnVector(role + "." + layer, key(role, layer), common);
    }

    private WeightMatrix matrix(int role, int layer, int rows) {
        return new DrawnMatrix(role + "." + layer, rows, key(role, layer), common, spoiler);
    }

    private record DrawnVector(String name, long key, Common common) implements WeightVector {

        @Override
        public int size() {
            return common.hiddenSize;
        }

        @Override
        public float[] read() {
            Random random = new Random(key);
            float[] values = new float[common.hiddenSize];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (Math.sqrt(common.scales[i]) * Math.exp(0.3 * random.nextGaussian()));
            }
            return values;
        }
    }

    private record DrawnMatrix(String name, int rows, long key, Common common, Spoiler spoiler)
            implements WeightMatrix {

        @Override
        public int columns() {
            return common.hiddenSize;
        }

        @Override
        public Dtype dtype() {
            return Dtype.BF16;
        }

        @Override
        public void readRows(int first, int count, float[] into) {
            for (int row = 0; row < count; row++) {
                int at = row * common.hiddenSize;
                draw(new Random(StableHash.of(key, first + row)), into, at);
                for (int i = at; i < at + common.hiddenSize; i++) {
                    into[i] = spoiler.spoil(name, first + row, into[i]);
                }
            }
        }

        private void draw(Random random, float[] into, int at) {
            float norm = (float) Math.exp(0.3 * random.nextGaussian());
            long state = random.nextLong() | 1;
            for (int i = 0; i < common.hiddenSize; i++) {
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
                into[at + i] = norm * common.scales[i] * common.heavyTails[(int) (state >>> 40) & TABLE - 1];
            }
            for (float[] direction : common.directions) {
                float strength = norm * (float) random.nextGaussian();
                for (int i = 0; i < common.hiddenSize; i++) {
                    into[at + i] += strength * direction[i];
                }
            }
        }
    }
}
