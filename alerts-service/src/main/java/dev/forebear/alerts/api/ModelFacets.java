package dev.forebear.alerts.api;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * How many model versions each value of a filter would leave: from what is counted, or counted among what words find.
 */
final class ModelFacets {

    private static final int MOST_VALUES = 100;

    private static final String COUNTED = """
        SELECT registry, progress, not_analysed_reason AS reason, licence, sum(versions) AS versions
        FROM (SELECT *, CASE deleted WHEN 1 THEN 0 END AS deleted_at FROM model_count) AS model_version
        """;

    private static final String FOUND = """
        SELECT registry, progress, coalesce(not_analysed_reason, '') AS reason, coalesce(licence, '') AS licence,
            count(*) AS versions
        FROM %s
        """;

    private static final String BY_COLUMNS = "\nGROUP BY 1, 2, 3, 4";

    /** One text is put in order sooner than four. No part but the last holds a slash. */
    private static final String BY_ONE_TEXT = """

        GROUP BY registry || '/' || progress || '/' || coalesce(not_analysed_reason, '') || '/' || coalesce(licence, '')
        """;

    private ModelFacets() {}

    static Map<String, List<Facet.Count>> of(Handle handle, ModelFilter filter) {
        Map<String, List<String>> chosen = filter.chosen();
        List<Kind> kinds = kinds(handle, filter, chosen.keySet().stream().toList());
        Map<String, List<Facet.Count>> facets = new LinkedHashMap<>();
        chosen.keySet().forEach(name -> facets.put(name, counts(kinds, name, chosen)));
        return facets;
    }

    /**
     * Model versions that are alike to every filter.
     *
     * @param values by the names of the filters; an empty one for none
     */
    private record Kind(Map<String, String> values, long versions) {

        static Kind of(Row row, List<String> names) throws SQLException {
            Map<String, String> values = new LinkedHashMap<>();
            for (String name : names) {
                values.put(name, row.text(name));
            }
            return new Kind(values, row.number("versions"));
        }

        String value(String name) {
            return values.getOrDefault(name, "");
        }

        boolean isAmong(Map<String, List<String>> chosen, String but) {
            return chosen.entrySet().stream()
                    .allMatch(filter -> filter.getKey().equals(but)
                            || filter.getValue().isEmpty()
                            || filter.getValue().contains(value(filter.getKey())));
        }
    }

    private static List<Kind> kinds(Handle handle, ModelFilter filter, List<String> names) {
        SearchText query = filter.query();
        var words = new Conditions();
        String rows = query == null ? COUNTED : FOUND.formatted(query.versions(words));
        Conditions conditions = filter.unchosen(words);
        return handle.createQuery(rows + conditions.where() + (query == null ? BY_COLUMNS : BY_ONE_TEXT))
                .bindMap(conditions.values())
                .map((set, context) -> Kind.of(new Row(set), names))
                .list();
    }

    private static List<Facet.Count> counts(List<Kind> kinds, String name, Map<String, List<String>> chosen) {
        Map<String, Long> versions = kinds.stream()
                .filter(kind -> kind.isAmong(chosen, name))
                .collect(Collectors.groupingBy(kind -> kind.value(name), Collectors.summingLong(Kind::versions)));
        return versions.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_VALUES)
                .map(entry -> new Facet.Count(entry.getKey().isEmpty() ? null : entry.getKey(), entry.getValue()))
                .toList();
    }
}
