package dev.forebear.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.cli.instance.PageAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code registry list}: how every connected registry does. */
@Command(
        name = "list",
        description = {
            "List the connected registries: last event, last listing, lag, refused requests.",
            "Lag is the time from the upload at the registry to its receipt, of the last one."
        },
        footer = {"", "Examples:", "  forebear registry list", "  forebear registry list --json"})
public final class RegistryListCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;
    private final InstantSource clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final PageAddress page = new PageAddress();

    public RegistryListCommand(Console console, Map<String, String> environment, InstantSource clock) {
        this.console = console;
        this.environment = environment;
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var instance = page.connect(environment)) {
            JsonNode registries = instance.get("/api/v1/registries").path("items");
            if (json.requested()) {
                json.print(JsonOutput.object().set("registries", registries));
            } else if (registries.isEmpty()) {
                console.note("No registry is connected; docs/registries.md shows how.");
            } else {
                console.print(table(registries));
            }
            return ExitCode.OK;
        }
    }

    private Table table(JsonNode registries) {
        var table = new Table()
                .column("registry", Side.LEFT)
                .column("kind", Side.LEFT)
                .column("state", Side.LEFT)
                .column("last event", Side.RIGHT)
                .column("last listed", Side.RIGHT)
                .column("lag", Side.RIGHT)
                .column("refused", Side.RIGHT)
                .column("most often because", Side.LEFT);
        for (JsonNode registry : registries) {
            JsonNode listing = registry.path("reconciliation");
            JsonNode refused = registry.path("refused").path(0);
            JsonNode lag = registry.path("lagMillis");
            table.row(
                    registry.path("alias").asText(),
                    registry.path("kind").asText(),
                    listing.path("problem").isTextual()
                            ? "cannot be listed"
                            : registry.path("state").asText(),
                    ago(registry.path("lastEventAt")),
                    ago(listing.path("completedAt")),
                    lag.isNumber() ? Quantities.duration(Duration.ofMillis(lag.asLong())) : "-",
                    registry.path("refusedTotal").asText(),
                    refused.path("reason").asText(""));
        }
        return table;
    }

    private String ago(JsonNode time) {
        if (!time.isTextual()) {
            return "never";
        }
        Duration since = Duration.between(Instant.parse(time.asText()), clock.instant());
        return Quantities.duration(since.isNegative() ? Duration.ZERO : since) + " ago";
    }
}
