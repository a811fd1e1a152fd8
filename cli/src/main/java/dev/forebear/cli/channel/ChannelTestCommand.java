package dev.forebear.cli.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Style;
import dev.forebear.cli.instance.PageAddress;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code channel test}: one message by the way that alerts take. */
@Command(
        name = "test",
        description = {
            "Send a test message to a channel and show what it answered.",
            "Needs a token of a responder, where the instance asks who somebody is."
        },
        footer = {"", "Examples:", "  forebear channel test governance-slack"})
public final class ChannelTestCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final PageAddress page = new PageAddress();

    @Parameters(paramLabel = "NAME", description = "The channel, as the file of channels calls it.")
    private String name = "";

    public ChannelTestCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode result;
        try (var instance = page.connect(environment)) {
            String path = "/api/v1/channels/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/test";
            result = instance.post(path, JsonOutput.object());
        }
        if (json.requested()) {
            json.print(result);
        } else {
            console.print(console.styled(Style.STRONG, name + " ") + words(result));
        }
        if (result.path("outcome").asText().equals("delivered")) {
            return ExitCode.OK;
        }
        console.error(name + ": expected the channel to take a message, found " + words(result));
        return ExitCode.CHECK_FAILED;
    }

    /** For example "delivered (200)" or "failed (404): no_service". */
    private static String words(JsonNode result) {
        String status = result.path("statusCode").isNumber()
                ? " (" + result.path("statusCode").asInt() + ")"
                : "";
        String detail = result.path("detail").asText("");
        return result.path("outcome").asText()
                + status
                + (detail.isEmpty() || detail.equals("null") ? "" : ": " + detail);
    }
}
