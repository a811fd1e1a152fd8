package dev.forebear.cli.token;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.instance.PageAddress;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code token revoke}: ends a token at once. */
@Command(
        name = "revoke",
        description = "End a token: it lets nobody in from then on. Needs a token of an admin.",
        footer = {"", "Examples:", "  forebear token revoke fb_7k2m9q4x1c8v5b3n"})
public final class TokenRevokeCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;

    @Mixin
    private final PageAddress page = new PageAddress();

    @Parameters(paramLabel = "ID", description = "As 'token list' shows it: the part before the second underscore.")
    private String id = "";

    public TokenRevokeCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var instance = page.connect(environment)) {
            instance.delete("/api/v1/tokens/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        }
        console.note(id + " lets nobody in any more.");
        return ExitCode.OK;
    }
}
