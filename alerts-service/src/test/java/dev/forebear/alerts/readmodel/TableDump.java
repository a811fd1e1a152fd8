package dev.forebear.alerts.readmodel;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Every row of every table, for comparison. What only tells when or in which order it was filled is left out. */
final class TableDump {

    private static final Set<String> LEFT_OUT =
            Set.of("followed", "search_data", "search_idx", "search_docsize", "search_config");

    private TableDump() {}

    /** Rows as text, sorted, by table. */
    static Map<String, List<String>> of(ReadModel model) {
        return model.queries().withHandle(handle -> {
            Map<String, List<String>> tables = new TreeMap<>();
            for (String table : names(handle)) {
                tables.put(table, rows(handle, table));
            }
            return tables;
        });
    }

    private static List<String> names(Handle handle) {
        return handle
                .createQuery("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
                .mapTo(String.class)
                .stream()
                .filter(name -> !LEFT_OUT.contains(name))
                .toList();
    }

    private static List<String> rows(Handle handle, String table) {
        return handle.createQuery("SELECT * FROM \"" + table + "\"").mapToMap().stream()
                .map(row -> row.entrySet().stream()
                        .filter(column -> !column.getKey().equals("place") || table.equals("declaration"))
                        .map(column -> column.getKey() + "=" + text(column.getValue()))
                        .collect(Collectors.joining(", ")))
                .sorted()
                .toList();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }
}
