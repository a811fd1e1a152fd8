package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.FamilyWalk.Pair;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Tells relatives on another branch of a family from ancestors. Weights that two models share prove that they are
 * related, not that the earlier one is an ancestor: where it is related to what the later one was made from directly,
 * that explains it all.
 */
final class Branches {

    private static final String EXPLAINED = """
        SELECT j.value ->> 0, j.value ->> 1
        FROM json_each(:pairs) j
        WHERE EXISTS (
          SELECT 1 FROM match p
          WHERE p.derived_id = j.value ->> 0 AND p.proven = 1 AND p.direct = 1 AND (
            EXISTS (SELECT 1 FROM match b
              WHERE b.derived_id = j.value ->> 1 AND b.base_id = p.base_id AND b.proven = 1)
            OR EXISTS (SELECT 1 FROM match b
              WHERE b.derived_id = p.base_id AND b.base_id = j.value ->> 1 AND b.proven = 1)
            OR EXISTS (SELECT 1 FROM match a CROSS JOIN match b ON b.derived_id = p.base_id AND b.base_id = a.base_id
              WHERE a.derived_id = j.value ->> 1 AND a.proven = 1 AND b.proven = 1)))
        """;

    private Branches() {}

    /** Of proven matches that are no direct steps those that direct steps explain. */
    static Set<Pair> explained(Handle handle, Collection<Pair> matches) {
        if (matches.isEmpty()) {
            return Set.of();
        }
        return handle.createQuery(EXPLAINED)
                .bind(
                        "pairs",
                        JsonArray.of(matches.stream()
                                .map(pair -> List.of(pair.derivedId(), pair.baseId()))
                                .toList()))
                .map((row, context) -> new Pair(row.getString(1), row.getString(2)))
                .set();
    }
}
