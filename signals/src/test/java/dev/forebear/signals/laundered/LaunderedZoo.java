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
 * Pairs of the zoo compared as laundered ones, once for all tests: all that are not related, every child with its
 * parent, and whatever is hardest.
 */
final class LaunderedZoo {

    private static final Set<String> HARDEST = Set.of(
            "base-a",
            "base-a-adv-all",
            "base-a-adv-permuted",
            "base-a-adv-rotated",
            "base-a-width-pruned",
            "base-a-merge-linear",
            "base-a-cpt");

    private static final List<Pair> PAIRS = read();

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

    private LaunderedZoo() {}

    static List<Pair> pairs() {
        return PAIRS;
    }

    static List<Pair> pairs(Truth truth) {
        return PAIRS.stream().filter(pair -> pair.truth() == truth).toList();
    }

    static Pair pair(String a, String b) {
        return PAIRS.stream()
                .filter(pair -> pair.has(a) && pair.has(b))
                .findFirst()
                .orElseThrow();
    }

    static LaunderedComparison compare(Checkpoint a, Checkpoint b) throws IOException {
        return compare(ModelWeights.of(a), ModelWeights.of(b), null);
    }

    static LaunderedComparison compare(ModelWeights a, ModelWeights b, @Nullable UnitPair likeliest)
            throws IOException {
        return LaunderedComparison.between(a, b, shared(a, b), likeliest);
    }

    static SharedTokens shared(ModelWeights a, ModelWeights b) {
        return SharedTokens.of(
                a.tokens(),
                a.transformer().embedding().rows(),
                b.tokens(),
                b.transformer().embedding().rows(),
                1_024);
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
                boolean hard = HARDEST.contains(a) && HARDEST.contains(b);
                if (truth != Truth.RELATED || a.equals("base-a") || a.equals("base-b") || hard) {
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
