package dev.forebear.cli.reference;

import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Known models and new ones put together: a new one takes the place of a known one of the same id, and of models with
 * the same weights the one released first stays, under all their names.
 */
final class Merging {

    private final Models known;
    private final Models incoming;
    private final List<Outline> outlines = new ArrayList<>();
    private final Map<Integer, List<String>> otherNames = new LinkedHashMap<>();
    private int knownCount;

    private Merging(Models known, Models incoming) {
        this.known = known;
        this.incoming = incoming;
    }

    /**
     * What comes of it; nothing is written yet.
     *
     * @throws IOException when one of the models is not what it should be
     */
    static Merging of(Models known, Models incoming) throws IOException {
        var merging = new Merging(known, incoming);
        known.outlines(merging.outlines::add);
        merging.knownCount = merging.outlines.size();
        incoming.outlines(merging.outlines::add);
        merging.settle();
        return merging;
    }

    /** A model that stays. */
    record Kept(ReferenceModel model, boolean fromIncoming, boolean renamed) {}

    private void settle() throws IOException {
        Map<String, Integer> byId = new LinkedHashMap<>();
        for (int i = 0; i < outlines.size(); i++) {
            Integer before = byId.put(outlines.get(i).id(), i);
            if (before != null && before < knownCount == i < knownCount) {
                requireSame(outlines.get(before), outlines.get(i));
            }
        }
        Map<String, List<Integer>> byWeights = new LinkedHashMap<>();
        byId.values().stream()
                .sorted()
                .forEach(i -> byWeights
                        .computeIfAbsent(outlines.get(i).weights(), weights -> new ArrayList<>())
                        .add(i));
        Map<Integer, List<String>> kept = new HashMap<>();
        for (List<Integer> copies : byWeights.values()) {
            int original = copies.stream()
                    .min(Comparator.comparing((Integer i) -> outlines.get(i).releasedAt())
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
            Set<String> names = new LinkedHashSet<>(outlines.get(original).names());
            copies.forEach(copy -> names.addAll(outlines.get(copy).names()));
            kept.put(original, names.stream().skip(1).toList());
        }
        kept.keySet().stream().sorted().forEach(i -> otherNames.put(i, kept.get(i)));
    }

    private static void requireSame(Outline first, Outline second) throws IOException {
        if (!first.weights().equals(second.weights())) {
            throw new IOException(first.id() + ": expected one model of this name, found two with different weights");
        }
    }

    /** Number of models that stay. */
    int models() {
        return otherNames.size();
    }

    /** Newest version of the algorithm among them. */
    int algorithm() {
        return otherNames.keySet().stream()
                .mapToInt(i -> outlines.get(i).algorithm())
                .max()
                .orElse(0);
    }

    Stored stored() {
        Set<String> before = new LinkedHashSet<>();
        outlines.subList(0, knownCount).forEach(outline -> before.add(outline.id()));
        List<Outline> stayed = otherNames.keySet().stream()
                .filter(i -> i >= knownCount)
                .map(outlines::get)
                .toList();
        int replaced = (int)
                stayed.stream().filter(outline -> before.contains(outline.id())).count();
        int merged = outlines.size() - knownCount - stayed.size();
        return new Stored(stayed.size() - replaced, replaced, merged, models());
    }

    /** Ids of known models whose place another one takes under another id. */
    List<String> given() {
        Set<String> stay = new LinkedHashSet<>();
        otherNames.keySet().forEach(i -> stay.add(outlines.get(i).id()));
        return outlines.subList(0, knownCount).stream()
                .map(Outline::id)
                .filter(id -> !stay.contains(id))
                .distinct()
                .toList();
    }

    /** The name under which the weights of a new model are kept. */
    Outline keptFor(String id) {
        Outline asked = outlines.stream()
                .filter(outline -> outline.id().equals(id))
                .reduce((first, last) -> last)
                .orElseThrow();
        return otherNames.keySet().stream()
                .map(outlines::get)
                .filter(outline -> outline.weights().equals(asked.weights()))
                .findFirst()
                .orElseThrow();
    }

    /** All models that stay, under all their names. */
    void forEach(Models.Taker<Kept> taker) throws IOException {
        int[] at = {0};
        known.forEach(model -> take(at[0]++, model, false, taker));
        at[0] = knownCount;
        incoming.forEach(model -> take(at[0]++, model, true, taker));
    }

    private void take(int at, ReferenceModel model, boolean fromIncoming, Models.Taker<Kept> taker) throws IOException {
        List<String> names = otherNames.get(at);
        if (names != null) {
            boolean renamed =
                    !names.equals(outlines.get(at).names().stream().skip(1).toList());
            taker.take(new Kept(renamed ? ReferenceRecords.named(model, names) : model, fromIncoming, renamed));
        }
    }
}
