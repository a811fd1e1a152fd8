package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/** A family as a table for other programs (RFC 4180): a line for each member, whatever leads to it first. */
final class FamilyCsv {

    private record Column(String heading, Function<JsonNode, JsonNode> value) {

        static Column of(String heading, String field) {
            return new Column(heading, item -> item.path(field));
        }

        static Column ofStep(String heading, String field) {
            return new Column(heading, item -> item.path("steps").path(0).path(field));
        }

        static Column ofDeclaration(String heading, String field) {
            return new Column(
                    heading,
                    item -> item.path("steps").path(0).path("declaration").path(field));
        }
    }

    private static final List<Column> COLUMNS = List.of(
            Column.of("model", "id"),
            Column.of("depth", "depth"),
            Column.of("proven", "proven"),
            Column.of("evidence", "evidence"),
            Column.of("through", "through"),
            Column.ofStep("relation", "kind"),
            Column.ofStep("verdict", "verdict"),
            Column.ofStep("log10_e_value", "log10EValue"),
            Column.ofDeclaration("declared_as", "name"),
            Column.ofDeclaration("declared_in", "source"),
            Column.of("registry", "registry"),
            Column.of("team", "team"),
            Column.of("owner", "owner"),
            Column.of("exposure", "exposure"),
            Column.of("visibility", "visibility"),
            Column.of("uploaded_by", "uploadedBy"),
            Column.of("uploaded_at", "uploadedAt"),
            Column.of("deleted_at", "deletedAt"),
            Column.of("licence", "licence"),
            Column.of("open_alerts", "alerts"),
            Column.of("severity", "severity"),
            Column.of("quarantined", "quarantined"));

    private FamilyCsv() {}

    static String of(JsonNode family) {
        var table = new StringBuilder();
        var heading = new StringJoiner(",");
        COLUMNS.forEach(column -> heading.add(column.heading));
        table.append(heading);
        for (JsonNode item : family.path("items")) {
            var line = new StringJoiner(",", "\n", "");
            COLUMNS.forEach(column -> line.add(cell(column.value.apply(item))));
            table.append(line);
        }
        return table.toString();
    }

    private static String cell(JsonNode value) {
        if (!value.isTextual()) {
            return value.isMissingNode() || value.isNull() ? "" : value.asText();
        }
        String text = value.asText().replaceAll("[\\p{Cntrl}\u2028\u2029]", " ");
        // A spreadsheet would take it for a formula.
        String harmless = text.matches("[=+\\-@].*") ? "'" + text : text;
        return harmless.matches("[^\",]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
