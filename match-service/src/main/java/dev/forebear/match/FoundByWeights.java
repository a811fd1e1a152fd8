package dev.forebear.match;

import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the weights of two models were found to say when they were held against each other. It stays true as long as the
 * weights of both are the same, whatever is learned of others.
 */
public final class FoundByWeights {

    private FoundByWeights() {}

    /**
     * Matches that rest on weights.
     *
     * @param pending what fingerprints said
     * @param confirmed the same report after weights were read
     */
    public static List<LineageMatch> in(LineageReport pending, LineageReport confirmed) {
        Map<String, LineageMatch> before = new HashMap<>();
        pending.getMatches().forEach(match -> before.put(match.getModelVersionId(), match));
        return confirmed.getMatches().stream()
                .filter(match -> !isSame(before.get(match.getModelVersionId()), match))
                .toList();
    }

    /** Whether only the order of the matches around it may have changed, which decides what is nearest. */
    private static boolean isSame(@Nullable LineageMatch before, LineageMatch after) {
        return before != null
                && before.getVerdict() == after.getVerdict()
                && before.getParent() == after.getParent()
                && before.getLog10EValue() == after.getLog10EValue()
                && before.getSummary().equals(after.getSummary());
    }

    /**
     * The report with what weights were found to say before, as the matcher puts a report right when it is confirmed.
     * Nothing of it waits for a confirmation any more.
     *
     * @param found of pairs whose weights have not changed since
     */
    public static LineageReport putInto(LineageReport report, Collection<LineageMatch> found) {
        if (found.isEmpty() && report.getConfirmation() != ConfirmationState.PENDING) {
            return report;
        }
        var matches = new LinkedHashMap<String, LineageMatch>();
        report.getMatches().forEach(match -> matches.put(match.getModelVersionId(), match));
        found.forEach(match -> {
            LineageMatch today = matches.get(match.getModelVersionId());
            matches.put(match.getModelVersionId(), today == null ? match : declaredAs(today.getDeclared(), match));
        });
        return LineageReport.newBuilder(report)
                .setMatches(MatchOrder.nearestFirst(new ArrayList<>(matches.values())))
                .setConfirmation(found.isEmpty() ? ConfirmationState.NOT_NEEDED : ConfirmationState.CONFIRMED)
                .build();
    }

    private static LineageMatch declaredAs(boolean declared, LineageMatch match) {
        return match.getDeclared() == declared
                ? match
                : LineageMatch.newBuilder(match).setDeclared(declared).build();
    }
}
