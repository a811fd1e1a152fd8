package dev.forebear.cli.compare;

import dev.forebear.cli.console.Style;
import dev.forebear.signals.Verdict;

/**
 * A verdict in plain words.
 *
 * @param a name of one model
 * @param b name of the other
 */
public record VerdictWords(Verdict verdict, String a, String b) {

    /** Two or three words. */
    public String headline() {
        return switch (verdict) {
            case SAME_WEIGHTS -> "Same weights";
            case DERIVED -> "Shared lineage";
            case SHARED_INITIALISATION_OR_LINEAGE -> "Shared initialisation or lineage";
            case SHARES_AN_ANCESTOR -> "Common ancestor";
            case NO_EVIDENCE -> "No evidence";
            case NOT_COMPARABLE -> "Not comparable";
        };
    }

    /** One sentence that says what was found. */
    public String sentence() {
        return switch (verdict) {
            case SAME_WEIGHTS -> a + " and " + b + " hold the same weights, value by value where sampled.";
            case DERIVED ->
                a + " and " + b + " share trained weights: one was made from the other, or both from a third model.";
            case SHARES_AN_ANCESTOR -> a + " and " + b + " were both made from weights of a third model.";
            case SHARED_INITIALISATION_OR_LINEAGE ->
                a + " and " + b + " start from the same numbers, but nothing proves that what was learned is shared.";
            case NO_EVIDENCE -> "Nothing beyond chance links the weights of " + a + " and " + b + ".";
            case NOT_COMPARABLE -> a + " and " + b + " have nothing in common that could be compared.";
        };
    }

    /** What the verdict does not say. */
    public String limits() {
        return switch (verdict) {
            case SAME_WEIGHTS, DERIVED, SHARES_AN_ANCESTOR ->
                "Two models alone do not show whether one was made from the other or both from a third.";
            case SHARED_INITIALISATION_OR_LINEAGE ->
                "Two trainings from one random seed look like this, and so does a derivative that was changed much."
                        + " This is never an accusation.";
            case NO_EVIDENCE ->
                "This is not a proof of independence: distilling a model, or rotating and reordering its weights,"
                        + " leaves nothing that these statistics see.";
            case NOT_COMPARABLE -> "This is neither proof of lineage nor of independence.";
        };
    }

    public Style style() {
        return switch (verdict) {
            case SAME_WEIGHTS, DERIVED, SHARES_AN_ANCESTOR -> Style.ACCENT;
            case SHARED_INITIALISATION_OR_LINEAGE, NOT_COMPARABLE -> Style.WARNING;
            case NO_EVIDENCE -> Style.GOOD;
        };
    }
}
