package dev.forebear.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;

/** What a policy would find, rule by rule. */
final class CountTable {

    private static final int SAMPLES_SHOWN = 3;

    private CountTable() {}

    static void print(Console console, JsonNode preview) {
        var table = new Table()
                .column("rule", Side.LEFT)
                .column("severity", Side.LEFT)
                .column("findings", Side.RIGHT)
                .column("new", Side.RIGHT)
                .column("same", Side.RIGHT)
                .column("gone", Side.RIGHT)
                .column("excepted", Side.RIGHT);
        for (JsonNode rule : preview.path("rules")) {
            table.row(
                    rule.path("rule").asText(),
                    rule.path("severity").asText(),
                    rule.path("findings").asText(),
                    rule.path("appearing").asText(),
                    rule.path("staying").asText(),
                    rule.path("going").asText(),
                    rule.path("excepted").asText());
        }
        if (table.isEmpty()) {
            console.print("Nothing would fire on " + preview.path("total").asText() + " model versions.");
            return;
        }
        console.print(table);
        for (JsonNode rule : preview.path("rules")) {
            int shown = 0;
            for (JsonNode sample : rule.path("samples")) {
                if (shown++ < SAMPLES_SHOWN) {
                    console.print("  " + rule.path("rule").asText() + ": "
                            + sample.path("title").asText());
                }
            }
        }
    }
}
