package dev.forebear.signals;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.FingerprintComparison.Compared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every plain model of the zoo, fingerprinted, and every pair of them, compared. */
final class FingerprintedZoo {

    /** Two models, what they truly are to each other and what their fingerprints say. */
    record Pair(String a, String b, Zoo.Truth truth, double screen, Compared compared, Judgement judgement) {

        boolean has(String model) {
            return a.equals(model) || b.equals(model);
        }

        Verdict verdict() {
            return judgement.verdict();
        }

        String names() {
            return a + " " + b;
        }
    }

    private final Map<String, Fingerprint> fingerprints;
    private final Map<String, PreparedFingerprint> prepared;
    private final List<Pair> pairs;

    private FingerprintedZoo(
            Map<String, Fingerprint> fingerprints, Map<String, PreparedFingerprint> prepared, List<Pair> pairs) {
        this.fingerprints = fingerprints;
        this.prepared = prepared;
        this.pairs = pairs;
    }

    static FingerprintedZoo read() throws IOException {
        Zoo zoo = Zoo.open();
        Map<String, Fingerprint> fingerprints = new TreeMap<>();
        Map<String, PreparedFingerprint> prepared = new TreeMap<>();
        for (String model : zoo.plainModels()) {
            try (Checkpoint checkpoint = zoo.checkpoint(model)) {
                fingerprints.put(model, Fingerprinter.fingerprint(checkpoint));
                prepared.put(model, PreparedFingerprint.of(fingerprints.get(model)));
            }
        }
        List<Pair> pairs = new ArrayList<>();
        prepared.forEach((a, first) -> prepared.forEach((b, second) -> {
            if (a.compareTo(b) < 0) {
                pairs.add(pair(a, first, b, second, zoo.truth(a, b)));
            }
        }));
        return new FingerprintedZoo(fingerprints, prepared, pairs);
    }

    private static Pair pair(
            String a, PreparedFingerprint first, String b, PreparedFingerprint second, Zoo.Truth truth) {
        Compared compared = (Compared) first.compareTo(second);
        return new Pair(a, b, truth, first.screen(second), compared, Judgement.judge(compared, 1));
    }

    Fingerprint fingerprint(String model) {
        return fingerprints.get(model);
    }

    PreparedFingerprint prepared(String model) {
        return prepared.get(model);
    }

    List<Pair> pairs(Zoo.Truth truth) {
        return pairs.stream().filter(pair -> pair.truth() == truth).toList();
    }

    Pair pair(String a, String b) {
        return pairs.stream()
                .filter(pair -> pair.has(a) && pair.has(b))
                .findFirst()
                .orElseThrow();
    }
}
