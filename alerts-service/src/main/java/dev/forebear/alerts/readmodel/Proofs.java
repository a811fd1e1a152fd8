package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which matches are edges of the lineage graph that are certain. */
final class Proofs {

    private Proofs() {}

    static boolean isProven(LineageMatch match) {
        return match.getVerdict() == Verdict.DERIVED || match.getVerdict() == Verdict.SAME_WEIGHTS;
    }

    /**
     * The matches that are one step away: the proven parents, or the nearest where the weights tell of no parent.
     * Others are further up.
     */
    static Set<String> direct(LineageReport report) {
        Set<String> parents = ids(report, LineageMatch::getParent);
        return parents.isEmpty() ? ids(report, LineageMatch::getNearest) : parents;
    }

    private static Set<String> ids(LineageReport report, Predicate<LineageMatch> filter) {
        return report.getMatches().stream()
                .filter(Proofs::isProven)
                .filter(filter)
                .map(LineageMatch::getModelVersionId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether an ancestor that is another model is proven, and no such is declared. */
    static boolean isUndeclared(LineageReport report) {
        boolean proven = false;
        for (LineageMatch match : report.getMatches()) {
            boolean sameModel = match.getRegistry().equals(report.getRegistry())
                    && match.getName().equals(report.getName());
            if (isProven(match) && !sameModel) {
                if (match.getDeclared()) {
                    return false;
                }
                proven = true;
            }
        }
        return proven;
    }
}
