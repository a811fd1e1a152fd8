package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A family as a table for other programs (RFC 4180): a line for each member, whatever leads to it first. */
final class FamilyCsv implements FamilyFormat {

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

    private static final Pattern BREAKING = Pattern.compile("[\\p{Cntrl}\u2028\u2029]");
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@].*");
    private static final Pattern PLAIN = Pattern.compile("[^\",]*");

    private final StringBuilder table = new StringBuilder();

    FamilyCsv() {
        var heading = new StringJoiner(",");
        COLUMNS.forEach(column -> heading.add(column.heading));
        table.append(heading);
    }

    @Override
    public void take(JsonNode member) {
        var line = new StringJoiner(",", "\n", "");
        COLUMNS.forEach(column -> line.add(cell(column.value.apply(member))));
        table.append(line);
    }

    @Override
    public String words(JsonNode family) {
        return table.toString();
    }

    private static String cell(JsonNode value) {
        if (!value.isTextual()) {
            return value.isMissingNode() || value.isNull() ? "" : value.asText();
        }
        String text = BREAKING.matcher(value.asText()).replaceAll(" ");
        // A spreadsheet would take it for a formula.
        String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
        return PLAIN.matcher(harmless).matches() ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
