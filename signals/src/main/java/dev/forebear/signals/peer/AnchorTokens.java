package dev.forebear.signals.peer;

import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.hipparchus.random.MersenneTwister;
import org.jspecify.annotations.Nullable;

/**
 * The 64 tokens whose embeddings are compared: digits and punctuation, frequent words of the scripts that the
 * vocabulary is made of, and a fixed draw from the rest. Two tokenizers of one script mostly give the same strings.
 */
final class AnchorTokens {

    static final int COUNT = 64;

    private static final double SMALLEST_SHARE = 0.05;
    private static final int FEWEST_SLOTS = 2;
    private static final int DRAWN_BELOW = 50_000;
    private static final int SEED = 42;

    private static final List<String> FIXED = words("0 1 2 3 4 5 6 7 8 9 . , ! ? : ;");
    private static final Map<Script, List<String>> WORDS = Map.of(
            Script.LATIN,
            words("the of and to in is that for it was on are with as be at ing tion er al ed es re en"),
            Script.CJK,
            words("的 一 是 不 人 我 在 有 了 这 中 大"),
            Script.CYRILLIC,
            words("и в не на я что он к"),
            Script.ARABIC,
            words("من في على أن هذا الله إلى لا"),
            Script.DEVANAGARI,
            words("के है का की यह से को पर"));

    private final @Nullable Tokenizer tokenizer;
    private final int rows;
    private final Set<Integer> ids = new LinkedHashSet<>();

    private AnchorTokens(@Nullable Tokenizer tokenizer, int rows) {
        this.tokenizer = tokenizer;
        this.rows = rows;
    }

    /**
     * Ids in their fixed order, at most 64, fewer when the embedding has fewer rows.
     *
     * @param tokenizer null when the checkpoint has none; then all anchors are drawn
     * @param rows rows of the embedding
     */
    static int[] choose(@Nullable Tokenizer tokenizer, int rows) {
        AnchorTokens anchors = new AnchorTokens(tokenizer, rows);
        anchors.encode(FIXED);
        anchors.slots().forEach((script, slots) -> {
            List<String> words = WORDS.getOrDefault(script, List.of());
            anchors.encode(words.subList(0, Math.min(slots, words.size())));
        });
        anchors.draw();
        return anchors.ids.stream().limit(COUNT).mapToInt(Integer::intValue).toArray();
    }

    private void encode(List<String> strings) {
        if (tokenizer == null) {
            return;
        }
        for (String string : strings) {
            int[] encoded = tokenizer.encode(string);
            if (encoded.length > 0 && encoded[0] >= 0 && encoded[0] < rows) {
                ids.add(encoded[0]);
            }
        }
    }

    /** Words to try per script, the script with the largest share first. */
    private Map<Script, Integer> slots() {
        double[] shares = tokenizer == null
                ? new double[Script.values().length]
                : Script.shares(tokenizer.vocabulary().keySet());
        List<Script> active = new ArrayList<>(WORDS.keySet());
        active.removeIf(script -> shares[script.ordinal()] < SMALLEST_SHARE);
        active.sort(Comparator.comparingDouble((Script script) -> -shares[script.ordinal()])
                .thenComparing(Comparator.naturalOrder()));
        if (active.isEmpty()) {
            return Map.of(Script.LATIN, COUNT - ids.size());
        }
        return proportional(active, shares);
    }

    private Map<Script, Integer> proportional(List<Script> active, double[] shares) {
        double total =
                active.stream().mapToDouble(script -> shares[script.ordinal()]).sum();
        int budget = COUNT - ids.size();
        Map<Script, Integer> slots = new LinkedHashMap<>();
        for (Script script : active) {
            slots.put(script, Math.max(FEWEST_SLOTS, (int) Math.rint(budget * shares[script.ordinal()] / total)));
        }
        int excess = slots.values().stream().mapToInt(Integer::intValue).sum() - budget;
        slots.computeIfPresent(active.getFirst(), (script, count) -> Math.max(FEWEST_SLOTS, count - excess));
        return slots;
    }

    private void draw() {
        int[] pool = IntStream.range(0, Math.min(rows, DRAWN_BELOW))
                .filter(id -> !ids.contains(id))
                .toArray();
        shuffle(pool);
        for (int i = 0; i < pool.length && ids.size() < COUNT; i++) {
            ids.add(pool[i]);
        }
    }

    // As numpy's RandomState(42).permutation: Fisher-Yates from the end, 32-bit draws, those above the bound rejected.
    private static void shuffle(int[] pool) {
        MersenneTwister generator = new MersenneTwister(SEED);
        for (int last = pool.length - 1; last > 0; last--) {
            int mask = -1 >>> Integer.numberOfLeadingZeros(last);
            int chosen = generator.nextInt() & mask;
            while (chosen > last) {
                chosen = generator.nextInt() & mask;
            }
            int swapped = pool[last];
            pool[last] = pool[chosen];
            pool[chosen] = swapped;
        }
    }

    private static List<String> words(String joined) {
        return List.of(joined.split(" "));
    }
}
