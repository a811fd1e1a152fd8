package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.Severity;
import java.util.List;
import java.util.Set;

/** Small parts of the page: severities, names of models, the frames of tables. */
final class Marks {

    private static final Set<String> NUMBERS = Set.of("Partition", "Offset");

    private Marks() {}

    /** A shape and a word, so that colour alone never says anything: the more severe, the sharper. */
    static Html severity(Severity severity) {
        return new Html()
                .open("span", "class", "severity " + AuditWords.symbol(severity))
                .open("svg", "viewBox", "0 0 12 12", "width", "11", "height", "11", "aria-hidden", "true")
                .empty("path", "d", shape(severity))
                .close()
                .element("span", AuditWords.sentence(severity.name()))
                .close();
    }

    private static String shape(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "M6 0 12 6 6 12 0 6Z";
            case HIGH -> "M6 .8 11.8 11H.2Z";
            case MEDIUM -> "M1.5 1.5h9v9h-9Z";
            case LOW -> "M6 1a5 5 0 1 0 .01 0Z";
        };
    }

    /** A model version id with its name set apart from registry and version. */
    static Html model(String id) {
        int slash = id.indexOf('/');
        int at = id.lastIndexOf('@');
        var html = new Html().open("bdi", "class", "model");
        if (slash < 0 || at < slash) {
            return html.outside(id).close();
        }
        return html.open("span", "class", "apart")
                .outside(id.substring(0, slash + 1))
                .close()
                .open("span", "class", "name")
                .outside(id.substring(slash + 1, at))
                .close()
                .open("span", "class", "apart")
                .outside(id.substring(at))
                .close()
                .close();
    }

    /** A table that scrolls within itself where the page is narrow. */
    static void tableStart(Html html, String caption, List<String> columns) {
        html.open("div", "class", "scroll", "role", "group", "tabindex", "0", "aria-label", caption)
                .open("table")
                .element("caption", caption, "class", "hidden")
                .open("thead")
                .open("tr");
        columns.forEach(column ->
                html.element("th", column, "scope", "col", "class", NUMBERS.contains(column) ? "number" : "words"));
        html.close().close().open("tbody");
    }

    static void tableEnd(Html html) {
        html.close().close().close();
    }
}
