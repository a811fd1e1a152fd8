package dev.forebear.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.cli.instance.PageAddress;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code token list}: the tokens that there are, without their secrets. */
@Command(
        name = "list",
        description = "List the tokens of programs, those that ended too; needs a token of an admin.",
        footer = {"", "Examples:", "  forebear token list", "  forebear token list --json"})
public final class TokenListCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final PageAddress page = new PageAddress();

    public TokenListCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var instance = page.connect(environment)) {
            JsonNode tokens = instance.get("/api/v1/tokens").path("items");
            if (json.requested()) {
                json.print(JsonOutput.object().set("tokens", tokens));
            } else if (tokens.isEmpty()) {
                console.note("There is no token; 'forebear token create' makes one.");
            } else {
                console.print(table(tokens));
            }
            return ExitCode.OK;
        }
    }

    private static Table table(JsonNode tokens) {
        var table = new Table()
                .column("id", Side.LEFT)
                .column("name", Side.LEFT)
                .column("role", Side.LEFT)
                .column("made by", Side.LEFT)
                .column("made", Side.LEFT)
                .column("ends", Side.LEFT)
                .column("revoked by", Side.LEFT);
        for (JsonNode token : tokens) {
            table.row(
                    token.path("id").asText(),
                    token.path("name").asText(),
                    token.path("role").asText(),
                    token.path("createdBy").asText(),
                    day(token.path("createdAt")),
                    token.path("expiresAt").isTextual() ? day(token.path("expiresAt")) : "never",
                    token.path("revokedBy").asText("-"));
        }
        return table;
    }

    private static String day(JsonNode time) {
        return time.asText().split("T", 2)[0];
    }
}
