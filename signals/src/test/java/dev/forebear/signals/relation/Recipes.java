package dev.forebear.signals.relation;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.MadeModel;
import dev.forebear.signals.MadeModel.Recipe;
import dev.forebear.signals.Zoo;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Ways to make one model of others. Every model is read once. */
final class Recipes {

    private final Zoo zoo = Zoo.open();
    private final Path folder;
    private final Map<String, ModelWeights> models = new HashMap<>();

    Recipes(Path folder) {
        this.folder = folder;
    }

    record Made(String name, ModelWeights weights) {}

    Made make(String like, Recipe recipe) throws IOException {
        String name = "made-" + models.size();
        ModelWeights weights =
                MadeModel.like(like, folder.resolve(name), recipe).open();
        models.put(name, weights);
        return new Made(name, weights);
    }

    List<String> earlier(List<String> family, Made... later) {
        return Stream.concat(family.stream(), Arrays.stream(later).map(Made::name))
                .toList();
    }

    Parentage parentage(Made child, List<String> earlier) throws IOException {
        List<Relative> relatives = new ArrayList<>();
        for (String name : earlier) {
            relatives.add(SameBasis.relative(model(name), child.weights(), related(name, child) ? 1 : 0.1));
        }
        return Parentage.of(child.weights(), relatives);
    }

    // Models of another layout are told apart by their hidden size or MLP; they stand for strangers.
    private boolean related(String name, Made child) {
        ModelWeights model = model(name);
        return model.transformer().layout().equals(child.weights().transformer().layout());
    }

    private ModelWeights model(String name) {
        return models.computeIfAbsent(name, unread -> {
            try {
                return ModelWeights.of(zoo.checkpoint(unread));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    float[] values(String model, String tensor) throws IOException {
        Checkpoint checkpoint = model(model).checkpoint();
        return MadeModel.values(checkpoint, tensor);
    }

    /** @param terms names of models and the factor of each */
    Recipe sum(Object... terms) {
        return (tensor, columns) -> {
            double[] sums = new double[values((String) terms[0], tensor).length];
            for (int term = 0; term < terms.length; term += 2) {
                float[] values = values((String) terms[term], tensor);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += ((Number) terms[term + 1]).doubleValue() * values[i];
                }
            }
            return floats(sums);
        };
    }

    /** As programs do that calculate in BF16. */
    Recipe sumInShortFloats(String first, double one, String second, double other) {
        return (tensor, columns) -> {
            float[] a = values(first, tensor);
            float[] b = values(second, tensor);
            double[] sums = new double[a.length];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Rounding.BF16.nearest(Rounding.BF16.nearest(one) * a[i])
                        + Rounding.BF16.nearest(Rounding.BF16.nearest(other) * b[i]);
            }
            return floats(sums);
        };
    }

    Recipe slerp(String first, String second, double share) {
        return (tensor, columns) -> {
            float[] a = values(first, tensor);
            float[] b = values(second, tensor);
            double product = 0;
            double squares = 0;
            double otherSquares = 0;
            for (int i = 0; i < a.length; i++) {
                product += (double) a[i] * b[i];
                squares += (double) a[i] * a[i];
                otherSquares += (double) b[i] * b[i];
            }
            double angle = Math.acos(Math.min(1, product / Math.sqrt(squares * otherSquares)));
            double one = angle < 1e-4 ? 1 - share : Math.sin((1 - share) * angle) / Math.sin(angle);
            double other = angle < 1e-4 ? share : Math.sin(share * angle) / Math.sin(angle);
            return sum(first, one, second, other).values(tensor, columns);
        };
    }

    /** From the first model in the first of four layers to the second in the last. */
    Recipe gradient(String first, String second) {
        return (tensor, columns) -> {
            double share = tensor.contains("layers.") ? (tensor.split("\\.")[2].charAt(0) - '0') / 3.0 : 0.5;
            return sum(first, 1 - share, second, share).values(tensor, columns);
        };
    }

    Recipe dare(String base, String first, String second, double density) {
        return (tensor, columns) -> {
            Random random = new Random(tensor.hashCode());
            float[] from = values(base, tensor);
            float[] a = values(first, tensor);
            float[] b = values(second, tensor);
            double[] sums = new double[from.length];
            for (int i = 0; i < sums.length; i++) {
                double one = random.nextDouble() < density ? 0.5 / density : 0;
                double other = random.nextDouble() < density ? 0.5 / density : 0;
                sums[i] = from[i] + one * (a[i] - from[i]) + other * (b[i] - from[i]);
            }
            return floats(sums);
        };
    }

    Recipe trained(Made model) {
        return trained(model.name());
    }

    /** Moved at random, every row also as a whole. */
    Recipe trained(String model) {
        return trained(model, 0.03);
    }

    /** @param length of the move, against that of the weights */
    Recipe trained(String model, double length) {
        return (tensor, columns) -> {
            float[] values = values(model, tensor);
            Random random = new Random(31L * tensor.hashCode() + model.hashCode());
            double[] moved = new double[values.length];
            double scale = 0;
            for (float value : values) {
                scale += (double) value * value / values.length;
            }
            double[] rows = random.doubles(values.length / columns, -1, 1).toArray();
            for (int i = 0; i < values.length; i++) {
                double shared = rows[i / columns];
                moved[i] = values[i] + length * Math.sqrt(scale) * (random.nextGaussian() + shared);
            }
            return floats(moved);
        };
    }

    Recipe trainedWhere(String model, String part) {
        return (tensor, columns) ->
                tensor.contains(part) ? trained(model).values(tensor, columns) : values(model, tensor);
    }

    /** Rounded to 8 bits row by row, and written as the plain values. */
    Recipe quantised(String model) {
        return (tensor, columns) -> {
            float[] values = values(model, tensor);
            double[] rounded = new double[values.length];
            for (int row = 0; row < values.length; row += columns) {
                double step = 0;
                for (int i = row; i < row + columns; i++) {
                    step = Math.max(step, Math.abs(values[i]) / 127);
                }
                for (int i = row; i < row + columns; i++) {
                    rounded[i] = tensor.contains("proj") ? Math.rint(values[i] / step) * step : values[i];
                }
            }
            return floats(rounded);
        };
    }

    /** Without the smaller half of the weights of every projection. */
    Recipe sparse(String model) {
        return (tensor, columns) -> {
            float[] values = values(model, tensor);
            double[] kept = new double[values.length];
            double[] sizes = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                sizes[i] = Math.abs(values[i]);
            }
            Arrays.sort(sizes);
            for (int i = 0; i < values.length; i++) {
                boolean large = Math.abs(values[i]) >= sizes[sizes.length / 2];
                kept[i] = large || !tensor.contains("proj") ? values[i] : 0;
            }
            return floats(kept);
        };
    }

    /** Residual dimensions and neurons of a Llama layout in another order, which changes no output. */
    Recipe reordered(String model) {
        int[] dimensions = order(model(model).transformer().hiddenSize(), 1);
        int[] neurons = order(model(model).transformer().intermediateSize(), 2);
        return (tensor, columns) -> {
            float[] values = values(model, tensor);
            int rows = values.length / columns;
            boolean writes = tensor.contains("o_proj") || tensor.contains("down_proj");
            int[] ofRows = tensor.contains("gate_proj") || tensor.contains("up_proj")
                    ? neurons
                    : writes ? dimensions : same(rows);
            int[] ofColumns = tensor.contains("down_proj") ? neurons : writes ? same(columns) : dimensions;
            float[] moved = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                moved[i] = values[ofRows[i / columns] * columns + ofColumns[i % columns]];
            }
            return moved;
        };
    }

    private static int[] order(int size, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] same(int size) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
