package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.instance.PageAddress;
import dev.forebear.cli.instance.RunningInstance;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quarantine list}: what is quarantined, by whom, and why. */
@Command(
        name = "list",
        description = "List the models that are quarantined in the running instance.",
        footer = {"", "Examples:", "  forebear quarantine list", "  forebear quarantine list --all --json"})
public final class QuarantineListCommand implements Callable<Integer> {

    private static final int PAGE = 200;

    private final Console console;
    private final Map<String, String> environment;

    @Option(names = "--all", description = "Those that were lifted, too.")
    private boolean all;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final PageAddress page = new PageAddress();

    public QuarantineListCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var instance = page.connect(environment)) {
            ObjectNode document = JsonOutput.object();
            ArrayNode quarantines = document.putArray("quarantines");
            read(instance, quarantines);
            if (json.requested()) {
                json.print(document);
            } else if (quarantines.isEmpty()) {
                console.note("Nothing is quarantined.");
            } else {
                console.print(table(quarantines));
            }
            return ExitCode.OK;
        }
    }

    private void read(RunningInstance instance, ArrayNode quarantines) throws IOException, InterruptedException {
        String query = QuarantineCommand.QUARANTINES + "?limit=" + PAGE + (all ? "" : "&standing=active");
        String cursor = "";
        do {
            JsonNode answer = instance.get(query + cursor);
            answer.path("items").forEach(quarantines::add);
            String next = answer.path("next").asText("");
            cursor = answer.path("next").isTextual() ? "&cursor=" + FamilyOptions.encoded(next) : "";
        } while (!cursor.isEmpty());
    }

    private static Table table(ArrayNode quarantines) {
        var table = new Table()
                .column("model", Table.Side.LEFT)
                .column("since", Table.Side.LEFT)
                .column("by", Table.Side.LEFT)
                .column("lifted by", Table.Side.LEFT)
                .column("alerts", Table.Side.RIGHT)
                .column("reason", Table.Side.LEFT);
        for (JsonNode quarantine : quarantines) {
            table.row(
                    quarantine.path("id").asText(),
                    quarantine.path("quarantinedAt").asText().split("T", 2)[0],
                    quarantine.path("quarantinedBy").asText(),
                    quarantine.path("liftedBy").isTextual()
                            ? quarantine.path("liftedBy").asText()
                            : "-",
                    quarantine.path("alerts").asText(),
                    quarantine.path("reason").asText());
        }
        return table;
    }
}
