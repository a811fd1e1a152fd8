package dev.forebear.signals.relation;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.Judgement;
import dev.forebear.signals.Verdict;
import dev.forebear.signals.relation.Parentage.Method;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Everything a report says about one model and those that were uploaded before it.
 *
 * @param kin one for every earlier model, in the order of upload
 * @param lineage the direct parents, in the order of upload; several only of a merge
 * @param parentage how they were found; its numbers are those of the earlier models
 */
public record Ancestry(List<Kin> kin, List<Lineage> lineage, Parentage parentage) {

    /**
     * An earlier model.
     *
     * @param compared the comparison of it, first, with the model, second
     * @param judgement of an ancestor derived, of any other relative that an ancestor is shared
     * @param explanation one line in words
     */
    public record Kin(CheckpointComparison compared, Judgement judgement, String explanation) {}

    /**
     * A direct parent.
     *
     * @param parent which of the earlier models, and its share in a merge
     * @param relation what was done to it
     * @param direction which of the two came first, from the weights alone: the order of upload is withheld
     */
    public record Lineage(Parent parent, Relation relation, Direction direction) {}

    public Ancestry {
        kin = List.copyOf(kin);
        lineage = List.copyOf(lineage);
    }

    /**
     * @param earlier models in the order of upload, related or not
     * @param registrySize number of fingerprints that the earlier models were found among
     */
    public static Ancestry of(ModelWeights derived, List<ModelWeights> earlier, long registrySize) throws IOException {
        return of(derived, earlier, registrySize, compared -> {});
    }

    /** As {@link #of(ModelWeights, List, long)}; {@code progress} is told how many of them have been compared. */
    public static Ancestry of(ModelWeights derived, List<ModelWeights> earlier, long registrySize, IntConsumer progress)
            throws IOException {
        List<CheckpointComparison> compared = new ArrayList<>();
        List<Relative> relatives = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < earlier.size(); i++) {
            CheckpointComparison comparison = CheckpointComparison.between(earlier.get(i), derived);
            compared.add(comparison);
            if (mayShareWeights(comparison.judge(registrySize).verdict())) {
                relatives.add(new Relative(earlier.get(i), comparison));
                numbers.add(i);
            }
            progress.accept(i + 1);
        }
        Parentage parentage =
                parentage(derived, earlier, Parentage.of(derived, relatives).renumbered(numbers));
        List<Lineage> lineage = new ArrayList<>();
        for (Parent parent : parentage.parents()) {
            ModelWeights base = earlier.get(parent.index());
            lineage.add(lineage(base, derived, compared.get(parent.index()), parent, parentage.method()));
        }
        List<Kin> kin = new ArrayList<>();
        for (int i = 0; i < earlier.size(); i++) {
            Judgement judgement = judgement(
                    compared.get(i).judge(registrySize), parentage.ancestors().contains(i));
            if (judgement.verdict() == Verdict.SHARED_INITIALISATION_OR_LINEAGE
                    && isKinOfAParent(earlier, i, parentage, registrySize)) {
                judgement = new Judgement(Verdict.SHARES_AN_ANCESTOR, judgement.log10EValue(), judgement.basis());
            }
            kin.add(new Kin(compared.get(i), judgement, explanation(i, compared.get(i), judgement, lineage)));
        }
        return new Ancestry(kin, lineage, parentage);
    }

    private static Parentage parentage(ModelWeights derived, List<ModelWeights> earlier, Parentage byWeights) {
        for (int i = 0; i < earlier.size(); i++) {
            if (derived.isAdapterOn(earlier.get(i))) {
                return byWeights.onBase(i);
            }
        }
        return byWeights;
    }

    // A faint part of a merge looks like a shared random start; the parent that it came from shows which it is.
    private static boolean isKinOfAParent(
            List<ModelWeights> earlier, int number, Parentage parentage, long registrySize) throws IOException {
        for (Parent parent : parentage.parents()) {
            int first = Math.min(parent.index(), number);
            int second = Math.max(parent.index(), number);
            Verdict verdict = CheckpointComparison.between(earlier.get(first), earlier.get(second))
                    .judge(registrySize)
                    .verdict();
            if (verdict == Verdict.DERIVED || verdict == Verdict.SAME_WEIGHTS) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayShareWeights(Verdict verdict) {
        return switch (verdict) {
            case SAME_WEIGHTS, DERIVED, SHARES_AN_ANCESTOR, SHARED_INITIALISATION_OR_LINEAGE -> true;
            case NO_EVIDENCE, NOT_COMPARABLE -> false;
        };
    }

    private static Lineage lineage(
            ModelWeights base, ModelWeights derived, CheckpointComparison compared, Parent parent, Method method)
            throws IOException {
        Relation relation = Relation.of(base, derived, compared, method.isMerge());
        Direction direction =
                method.isMerge() ? Direction.ofBlend(Direction.Base.FIRST) : Direction.between(base, derived, compared);
        return new Lineage(parent, relation, direction);
    }

    private static Judgement judgement(Judgement alone, boolean ancestor) {
        Verdict verdict =
                switch (alone.verdict()) {
                    case DERIVED -> ancestor ? Verdict.DERIVED : Verdict.SHARES_AN_ANCESTOR;
                    case SHARED_INITIALISATION_OR_LINEAGE -> ancestor ? Verdict.DERIVED : alone.verdict();
                    case SAME_WEIGHTS, SHARES_AN_ANCESTOR, NO_EVIDENCE, NOT_COMPARABLE -> alone.verdict();
                };
        return new Judgement(verdict, alone.log10EValue(), alone.basis());
    }

    private static String explanation(
            int number, CheckpointComparison compared, Judgement judgement, List<Lineage> lineage) {
        for (Lineage found : lineage) {
            if (found.parent().index() == number) {
                return explanation(found);
            }
        }
        return switch (judgement.verdict()) {
            case SAME_WEIGHTS -> "the same weights; an earlier upload of them is the parent";
            case DERIVED -> "ancestor of a direct parent";
            case SHARES_AN_ANCESTOR -> "both come from one earlier model, neither from the other";
            case SHARED_INITIALISATION_OR_LINEAGE ->
                "both start from the same numbers; nothing proves that what was learned is shared";
            case NO_EVIDENCE -> "nothing in common beyond chance";
            case NOT_COMPARABLE ->
                compared.notComparable().isEmpty()
                        ? "nothing could be compared"
                        : compared.notComparable().getFirst();
        };
    }

    private static String explanation(Lineage found) {
        Parent parent = found.parent();
        String share = Double.isNaN(parent.weight()) ? "" : String.format(Locale.ROOT, ", share %.2f", parent.weight());
        String detail = found.relation().detail();
        return "direct parent: " + found.relation().kind().id() + share + (detail.isEmpty() ? "" : ", " + detail);
    }
}
