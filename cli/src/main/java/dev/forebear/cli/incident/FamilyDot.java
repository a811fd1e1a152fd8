package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** A family as a graph in the language of Graphviz, from what was made from to what was made from it. */
final class FamilyDot implements FamilyFormat {

    private final StringBuilder graph =
            new StringBuilder("digraph lineage {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    private final Set<String> edges = new LinkedHashSet<>();

    @Override
    public void take(JsonNode member) {
        graph.append("  ")
                .append(quoted(member.path("id")))
                .append(look(member))
                .append(";\n");
        member.path("steps").forEach(step -> edges.add(edge(step)));
    }

    @Override
    public String words(JsonNode family) {
        edges.forEach(graph::append);
        return graph.append("}").toString();
    }

    private static String look(JsonNode item) {
        if (item.path("quarantined").asBoolean()) {
            return " [color=red, penwidth=2]";
        }
        return item.path("proven").asBoolean() ? "" : " [style=\"rounded,dashed\"]";
    }

    private static String edge(JsonNode step) {
        boolean proven = !step.path("evidence").asText().equals("declaration");
        String label = proven
                ? step.path("kind").asText("") + " (" + step.path("chance").asText() + ")"
                : "declared: " + step.path("declaration").path("source").asText("");
        return "  " + quoted(step.path("base")) + " -> " + quoted(step.path("derived")) + " [label=" + quoted(label)
                + (proven ? "" : ", style=dashed") + "];\n";
    }

    private static String quoted(JsonNode name) {
        return quoted(name.asText());
    }

    private static String quoted(String text) {
        String line = FamilyText.oneLine(text);
        return '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
