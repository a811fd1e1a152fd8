package dev.forebear.signals.relation;

import dev.forebear.signals.Verdict;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Which of the relatives that were uploaded before a model it was made from directly. It speaks of known relatives
 * only: where the true parent was never uploaded, the nearest ancestor that was stands for it, and where there is none
 * the earliest relative.
 *
 * @param parents in the order of upload; several only of a merge, none without a relative
 * @param ancestors numbers of the relatives that the model descends from, parents included, in the order of upload
 * @param method how it was decided
 * @param reason one line in words
 */
public record Parentage(List<Parent> parents, List<Integer> ancestors, Method method, String reason) {

    /** How parents are decided. */
    public enum Method {
        /** A combination of relatives leaves nothing but rounding. */
        LINEAR_MERGE,
        /** Some values come from one relative and others from another. */
        ELEMENTWISE_MERGE,
        /** The way from one relative to the next was gone by the derived model too. */
        DESCENT,
        /** The same, of models whose rows are reordered, turned, rescaled or narrowed. */
        REALIGNED_DESCENT,
        /** The model is an adapter that was put on its parent. */
        DECLARED,
        /** Nothing can be held against each other; the earliest relative is named. */
        EARLIEST,
        /** There is no relative. */
        NONE;

        /** Whether it finds more than one parent. */
        public boolean isMerge() {
            return this == LINEAR_MERGE || this == ELEMENTWISE_MERGE;
        }
    }

    public Parentage {
        parents = List.copyOf(parents);
        ancestors = List.copyOf(ancestors);
    }

    /** @param earlier models that share weights with it or may do so, in the order of upload */
    public static Parentage of(ModelWeights derived, List<Relative> earlier) throws IOException {
        MappedRows rows = MappedRows.of(derived, earlier);
        List<Integer> related = related(earlier);
        List<Integer> candidates = rows.distinct(rows.complete(earlier.size()));
        Optional<LinearMerge> linear = LinearMerge.find(rows, candidates);
        if (linear.isPresent()) {
            return merged(linear.get(), rows, related);
        }
        Optional<ElementwiseMerge> elementwise = ElementwiseMerge.find(rows, candidates);
        if (elementwise.isPresent()) {
            return merged(elementwise.get(), rows, related);
        }
        if (related.isEmpty()) {
            return new Parentage(List.of(), List.of(), Method.NONE, "no relative was uploaded before it");
        }
        int earliest = related.getFirst();
        if (!rows.maps(earliest) || Disorder.between(rows, earliest)) {
            Optional<Parentage> realigned = realigned(derived, earlier, related, rows);
            if (realigned.isPresent()) {
                return realigned.get();
            }
        }
        List<Integer> mapped = related.stream().filter(rows::maps).toList();
        return mapped.isEmpty()
                ? descended(new Descent(List.of(earliest), Double.NaN), Method.EARLIEST)
                : descended(Descent.of(rows, mapped), Method.DESCENT);
    }

    /** The same for an adapter that was put on a relative: that is its parent, and the others may be its ancestors. */
    Parentage onBase(int base) {
        var line = new TreeSet<>(ancestors);
        line.add(base);
        return new Parentage(
                List.of(new Parent(base, Double.NaN)),
                List.copyOf(line),
                Method.DECLARED,
                "it is an adapter that declares this base, and the shapes fit; that it was trained on it is not"
                        + " proven");
    }

    /** The same with other numbers for the relatives. */
    Parentage renumbered(List<Integer> numbers) {
        return new Parentage(
                parents.stream()
                        .map(parent -> new Parent(numbers.get(parent.index()), parent.weight()))
                        .toList(),
                ancestors.stream().map(numbers::get).toList(),
                method,
                reason);
    }

    // A shared random start is no ancestor. It may still turn out to be a faint part of a merge.
    private static List<Integer> related(List<Relative> earlier) {
        return IntStream.range(0, earlier.size())
                .filter(i -> earlier.get(i).compared().judge(1).verdict() != Verdict.SHARED_INITIALISATION_OR_LINEAGE)
                .boxed()
                .toList();
    }

    private static Optional<Parentage> realigned(
            ModelWeights derived, List<Relative> earlier, List<Integer> related, MappedRows stored) throws IOException {
        Map<Integer, ModelWeights> relatives = new LinkedHashMap<>();
        related.forEach(number -> relatives.put(number, earlier.get(number).weights()));
        boolean wider = earlier.get(related.getFirst()).weights().transformer().hiddenSize()
                > derived.transformer().hiddenSize();
        RealignedRows rows = wider ? NarrowedRows.of(derived, relatives) : TurnedRows.of(derived, relatives);
        List<Integer> mapped = related.stream().filter(rows::maps).toList();
        boolean further = rows.maps(related.getFirst()) || related.stream().noneMatch(stored::maps);
        return !mapped.isEmpty() && further
                ? Optional.of(descended(Descent.of(rows, mapped), Method.REALIGNED_DESCENT))
                : Optional.empty();
    }

    private static Parentage descended(Descent descent, Method method) {
        List<Integer> line = descent.ancestors();
        String known = "earliest known relative; "
                + (method == Method.EARLIEST
                        ? "the weights do not tell which of the relatives is nearest"
                        : "no later one lies between them");
        String reason = line.size() == 1
                ? known
                : String.format(
                        Locale.ROOT,
                        "went the whole way to it from an earlier ancestor (%.3f of it); no later relative lies"
                                + " between",
                        descent.beta());
        return new Parentage(List.of(new Parent(line.getLast(), Double.NaN)), line, method, reason);
    }

    private static Parentage merged(LinearMerge merge, MappedRows rows, List<Integer> related) throws IOException {
        List<Parent> parents = IntStream.range(0, merge.weights().length)
                .mapToObj(i -> new Parent(merge.relatives().get(i), merge.weights()[i]))
                .toList();
        String reason = String.format(
                Locale.ROOT,
                "their combination leaves %.1f times the rounding of its values, without one of them at least %.0f"
                        + " times",
                merge.residual(),
                merge.without());
        return new Parentage(parents, ancestors(merge.relatives(), rows, related), Method.LINEAR_MERGE, reason);
    }

    private static Parentage merged(ElementwiseMerge merge, MappedRows rows, List<Integer> related) throws IOException {
        List<Parent> parents = merge.relatives().stream()
                .map(relative -> new Parent(relative, Double.NaN))
                .toList();
        String reason = "values come from one or another of them, exactly: "
                + DoubleStream.of(merge.shares())
                        .mapToObj(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share))
                        .collect(Collectors.joining(", "));
        return new Parentage(parents, ancestors(merge.relatives(), rows, related), Method.ELEMENTWISE_MERGE, reason);
    }

    /** The parents of a merge and the line that each of them came down. */
    private static List<Integer> ancestors(List<Integer> parents, MappedRows rows, List<Integer> related)
            throws IOException {
        Set<Integer> ancestors = new TreeSet<>(parents);
        for (int parent : parents) {
            CommonRows parental = rows.asIfDerived(parent);
            List<Integer> kin = new ArrayList<>();
            for (int candidate : related) {
                if (candidate < parent && Disorder.alike(parental, candidate)) {
                    kin.add(candidate);
                }
            }
            if (!kin.isEmpty()) {
                ancestors.addAll(Descent.of(parental, kin).ancestors());
            }
        }
        return List.copyOf(ancestors);
    }
}
