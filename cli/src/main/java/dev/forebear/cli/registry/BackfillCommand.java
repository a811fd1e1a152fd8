package dev.forebear.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Progress;
import dev.forebear.cli.instance.RunningInstance;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backfill}: everything that a registry held before it was connected. */
@Command(
        name = "backfill",
        description = {
            "Have everything fingerprinted that a registry holds and nobody announced, in the slow lane.",
            "The ingest service does the work: this command may be ended and started again, and so may the service."
        },
        footer = {"", "Examples:", "  forebear backfill internal --dry-run", "  forebear backfill internal"})
public final class BackfillCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Console console;
    private final Map<String, String> environment;
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong total = new AtomicLong(Progress.UNKNOWN);

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final IngestAddress ingest = new IngestAddress();

    @Parameters(paramLabel = "ALIAS", description = "The registry, as the file of registries calls it.")
    private String alias = "";

    @Option(names = "--dry-run", description = "Only count what would be fingerprinted.")
    private boolean dryRun;

    public BackfillCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode end = run();
        if (json.requested()) {
            json.print(end);
        } else {
            console.print(summary(end));
        }
        return ExitCode.OK;
    }

    private JsonNode run() throws IOException, InterruptedException {
        String path = "/registries/" + URLEncoder.encode(alias, StandardCharsets.UTF_8) + "/backfill";
        ObjectNode wanted = JsonOutput.object().put("dryRun", dryRun);
        try (var instance = new RunningInstance(ingest.get(), "--ingest", environment.get(IngestAddress.TOKEN))) {
            JsonNode begun = instance.post(path, wanted);
            if (begun.path("dryRun").asBoolean() != dryRun) {
                throw new IOException(alias + ": expected no other backfill, found one that "
                        + (dryRun ? "publishes" : "only counts") + "; it has to end first");
            }
            try (var progress =
                    console.progress("listing " + alias, listed::get, total::get, count -> count + " versions")) {
                return follow(
                        instance, path, Instant.parse(begun.path("startedAt").asText()));
            }
        }
    }

    private JsonNode follow(RunningInstance instance, String path, Instant startedAt)
            throws IOException, InterruptedException {
        String told = "";
        while (true) {
            JsonNode now = instance.get(path);
            // What was read before the request may be the backfill before.
            boolean ours = now.has("startedAt")
                    && !Instant.parse(now.path("startedAt").asText()).isBefore(startedAt);
            if (ours && now.has("completedAt")) {
                return now;
            }
            listed.set(now.path("listed").asLong());
            total.set(now.path("total").asLong(Progress.UNKNOWN));
            String problem = ours ? now.path("problem").asText("") : "";
            if (!problem.isEmpty() && !problem.equals(told)) {
                console.note(problem + "; it is asked again");
            }
            told = problem;
            Thread.sleep(LOOK_EVERY);
        }
    }

    private String summary(JsonNode end) {
        return alias + ": " + end.path("listed").asLong() + " listed, "
                + end.path("published").asLong() + (dryRun ? " would be published" : " published");
    }
}
