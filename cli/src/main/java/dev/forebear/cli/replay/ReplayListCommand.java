package dev.forebear.cli.replay;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.InstanceAddress;
import dev.forebear.replay.ReplayStatus;
import dev.forebear.replay.Replays;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code replay list}: the replays that were asked for. */
@Command(
        name = "list",
        description = "List the replays of a running instance, and how far each has come.",
        footer = {"", "Examples:", "  forebear replay list", "  forebear replay list --json"})
public final class ReplayListCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;
    private final Clock clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    public ReplayListCommand(Console console, Map<String, String> environment, Clock clock) {
        this.console = console;
        this.environment = environment;
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException {
        List<ReplayStatus> all;
        try (Replays replays = Replays.connect(instance.resolve(environment), clock)) {
            all = replays.list();
        }
        if (json.requested()) {
            json.print(ReplayJson.of(all));
        } else {
            new ReplayText(console).print(all);
        }
        return ExitCode.OK;
    }
}
