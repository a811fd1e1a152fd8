package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.util.Locale;

/** What counts as proven, and the sentence that says so. */
final class Proof {

    private Proof() {}

    // No default: a new verdict has to be thought about. Shared initialisation is nobody's ancestry.
    static boolean isProven(LineageMatch match) {
        return switch (match.getVerdict()) {
            case SAME_WEIGHTS, DERIVED -> true;
            case SHARES_AN_ANCESTOR, SHARED_INITIALISATION_OR_LINEAGE, NO_EVIDENCE, NOT_COMPARABLE -> false;
        };
    }

    /** Whether a match is another version of the model reported on. */
    static boolean isSameModel(LineageReport report, LineageMatch match) {
        return match.getRegistry().equals(report.getRegistry())
                && match.getName().equals(report.getName());
    }

    /** The same of an ancestor, however far; what lies between is named. */
    static String sentence(LineageReport report, Ancestor ancestor) {
        String through = ancestor.through();
        if (through == null) {
            return sentence(report, ancestor.match());
        }
        return report.getModelVersionId() + " descends from " + through + ", and that from "
                + ancestor.match().getModelVersionId() + ": its report proves it, "
                + odds(ancestor.match()) + ".";
    }

    /** How likely it is by chance, in words. */
    static String odds(LineageMatch base) {
        if (base.getBasis() == EvidenceBasis.DECLARED) {
            return "declared, and its shapes fit";
        }
        return base.getVerdict() == Verdict.SAME_WEIGHTS
                ? "the same weights"
                : Chance.words(base.getLog10EValue()) + " by chance";
    }

    /** For example: "The weights of a and b agree: about 1 in 10^78 by chance among 99,268 models compared." */
    static String sentence(LineageReport report, LineageMatch base) {
        if (base.getBasis() == EvidenceBasis.DECLARED) {
            return report.getModelVersionId() + " is an adapter that declares " + base.getModelVersionId()
                    + " as its base, and its shapes fit." + whatWasDone(base);
        }
        if (base.getVerdict() == Verdict.SAME_WEIGHTS) {
            return "The weights of " + report.getModelVersionId() + " and " + base.getModelVersionId()
                    + " are the same, value by value.";
        }
        return "The weights of " + report.getModelVersionId() + " agree with those of " + base.getModelVersionId()
                + " as independently trained models do not: " + Chance.words(base.getLog10EValue())
                + " by chance among "
                + String.format(Locale.ROOT, "%,d", report.getComparedModels()) + " models compared" + basis(base) + "."
                + whatWasDone(base);
    }

    private static String basis(LineageMatch base) {
        return base.getBasis() == EvidenceBasis.EMPIRICAL
                ? ", if independent models agree no more than they were ever seen to"
                : "";
    }

    private static String whatWasDone(LineageMatch base) {
        LineageRelation relation = base.getRelation();
        if (relation == null) {
            return "";
        }
        String detail = relation.getDetail().isEmpty() ? "" : " (" + relation.getDetail() + ")";
        return " What was done: " + relation.getKind().replace('-', ' ') + detail + ".";
    }
}
