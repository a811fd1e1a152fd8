package dev.forebear.replay;

import dev.forebear.replay.audit.AuditedAncestor;
import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is new, gone and unchanged between two reports on one model version. */
final class Changes {

    private Changes() {}

    /** The new ancestors, those that are gone, those that stayed; each in the order of its report. */
    static List<AuditedAncestor> between(@Nullable LineageReport then, LineageReport now) {
        Map<String, LineageMatch> before = then == null ? Map.of() : proven(then);
        Map<String, LineageMatch> after = proven(now);
        List<AuditedAncestor> changes = new ArrayList<>();
        add(Change.NEW, after, before, false, changes);
        add(Change.GONE, before, after, false, changes);
        add(Change.UNCHANGED, after, before, true, changes);
        return changes;
    }

    private static void add(
            Change change,
            Map<String, LineageMatch> of,
            Map<String, LineageMatch> others,
            boolean inOthers,
            List<AuditedAncestor> to) {
        of.forEach((id, match) -> {
            if (others.containsKey(id) == inOthers) {
                to.add(new AuditedAncestor(change, match));
            }
        });
    }

    private static Map<String, LineageMatch> proven(LineageReport report) {
        Map<String, LineageMatch> proven = new LinkedHashMap<>();
        report.getMatches().stream()
                .filter(Changes::isProven)
                .forEach(match -> proven.put(match.getModelVersionId(), match));
        return proven;
    }

    private static boolean isProven(LineageMatch match) {
        return match.getVerdict() == Verdict.DERIVED || match.getVerdict() == Verdict.SAME_WEIGHTS;
    }
}
