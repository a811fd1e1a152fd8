package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;

/** Which matches are edges of the lineage graph that are certain. */
final class Proofs {

    private Proofs() {}

    static boolean isProven(LineageMatch match) {
        return match.getVerdict() == Verdict.DERIVED || match.getVerdict() == Verdict.SAME_WEIGHTS;
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
