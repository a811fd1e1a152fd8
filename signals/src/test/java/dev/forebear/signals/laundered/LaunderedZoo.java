package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.Zoo;
import dev.forebear.signals.Zoo.Truth;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of the zoo compared as laundered ones, once for all tests: pairs of models trained apart and of what is hardest
 * to tell from them, and every child with its parent.
 */
final class LaunderedZoo {

    /** Trained apart from each other, though two of them from the seed or the outputs of the first. */
    static final Set<String> TRAININGS = Set.of(
            "base-a",
            "base-a-rerun",
            "base-a-large",
            "base-b",
            "base-c",
            "base-g",
            "trap-config",
            "base-a-sameinit",
            "base-a-distill-scratch");

    private static final Set<String> HARDEST = Set.of(
            "base-a",
            "base-a-adv-all",
            "base-a-adv-permuted",
            "base-a-adv-rotated",
            "base-a-width-pruned",
            "base-a-merge-linear",
            "base-a-cpt");

    /** Two models, how they are related, what is found, and what an independent program found. */
    record Pair(String a, String b, Truth truth, LaunderedComparison compared, Map<String, String> golden) {

        /** NaN where it found none. */
        double golden(String column) {
            String value = golden.getOrDefault(column, "");
            return value.isEmpty() ? Double.NaN : Double.parseDouble(value);
        }

        boolean has(String model) {
            return a.equals(model) || b.equals(model);
        }

        @Override
        public String toString() {
            return a + " and " + b;
        }
    }

    /** Compared when the first test asks. */
    private static final class Compared {
        private static final List<Pair> PAIRS = read();
    }

    private LaunderedZoo() {}

    static List<Pair> pairs() {
        return Compared.PAIRS;
    }

    static List<Pair> pairs(Truth truth) {
        return pairs().stream().filter(pair -> pair.truth() == truth).toList();
    }

    static Pair pair(String a, String b) {
        return pairs().stream()
                .filter(pair -> pair.has(a) && pair.has(b))
                .findFirst()
                .orElseThrow();
    }

    static LaunderedComparison compare(Checkpoint a, Checkpoint b) throws IOException {
        return compare(ModelWeights.of(a), ModelWeights.of(b), null);
    }

    static LaunderedComparison compare(ModelWeights a, ModelWeights b, @Nullable UnitPair likeliest)
            throws IOException {
        return LaunderedComparison.between(a, b, SharedTokens.between(a, b, 1_024), likeliest);
    }

    private static boolean chosen(String a, String b, Truth truth) {
        boolean child = truth == Truth.RELATED && (a.equals("base-a") || a.equals("base-b"));
        return child
                || (TRAININGS.contains(a) || HARDEST.contains(a)) && (TRAININGS.contains(b) || HARDEST.contains(b));
    }

    private static List<Pair> read() {
        Zoo zoo = Zoo.open();
        List<String> models = zoo.plainModels();
        Map<String, ModelWeights> weights = new HashMap<>();
        List<Pair> pairs = new ArrayList<>();
        try {
            for (String model : models) {
                weights.put(model, ModelWeights.of(zoo.checkpoint(model)));
            }
            List<String> lines = Files.readAllLines(Path.of("../zoo/golden/evidence.csv"));
            List<String> columns = List.of(lines.getFirst().split(","));
            for (String line : lines.subList(1, lines.size())) {
                List<String> fields = List.of(line.split(",", -1));
                String a = fields.get(0);
                String b = fields.get(1);
                ModelWeights first = weights.get(a);
                ModelWeights second = weights.get(b);
                if (first == null || second == null) {
                    continue;
                }
                Truth truth = zoo.truth(a, b);
                if (chosen(a, b, truth)) {
                    Map<String, String> golden = new HashMap<>();
                    columns.forEach(column -> golden.put(column, fields.get(columns.indexOf(column))));
                    pairs.add(new Pair(a, b, truth, compare(first, second, null), golden));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return List.copyOf(pairs);
    }
}
