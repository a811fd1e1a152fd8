package dev.forebear.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Style;
import dev.forebear.cli.instance.PageAddress;
import dev.forebear.cli.instance.RunningInstance;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code registry test}: a signed sample from the webhook to the fingerprint. */
@Command(
        name = "test",
        description = {
            "Send a signed announcement as the registry would, and follow it to the fingerprint.",
            "Without --model it announces a model that does not exist: what then is said to be missing shows where the "
                    + "weights of this registry are looked for."
        },
        footer = {
            "",
            "Examples:",
            "  forebear registry test mlflow",
            "  forebear registry test mlflow --model helios-7b --model-version 4"
        })
public final class RegistryTestCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Console console;
    private final Map<String, String> environment;
    private final InstantSource clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final PageAddress page = new PageAddress();

    @Mixin
    private final IngestAddress ingest = new IngestAddress();

    @Parameters(paramLabel = "ALIAS", description = "The registry, as the file of registries calls it.")
    private String alias = "";

    @Option(names = "--model", paramLabel = "NAME", description = "A model that the registry holds.")
    private String model = "forebear-test";

    @Option(names = "--model-version", paramLabel = "VERSION", description = "Its version (default: the time).")
    private @Nullable String version;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "How long to follow it (default: 180): a worker waits two minutes for weights that are missing.")
    private int timeoutSeconds = 180;

    public RegistryTestCommand(Console console, Map<String, String> environment, InstantSource clock) {
        this.console = console;
        this.environment = environment;
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long started = System.nanoTime();
        JsonNode announced = announce();
        JsonNode answer = announced.path("answer");
        int status = announced.path("status").asInt();
        String id = announced.path("modelVersionId").asText();
        step("announced", id);
        step("answered", status + " " + said(answer) + " after " + announced.path("millis") + " ms");
        JsonNode upload = status == 202 && !isOnlyListed(answer) && !isPutAside(answer) ? follow(id) : null;
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        if (upload != null) {
            step("fingerprint", outcome(upload) + " after " + millis + " ms");
        }
        if (json.requested()) {
            json.print(document(announced, upload));
        }
        return conclusion(status, answer, upload);
    }

    private JsonNode announce() throws IOException, InterruptedException {
        ObjectNode wanted = JsonOutput.object();
        wanted.put("model", model);
        wanted.put("version", version == null ? String.valueOf(clock.instant().getEpochSecond()) : version);
        try (var instance = new RunningInstance(ingest.get(), "--ingest", environment.get(IngestAddress.TOKEN))) {
            return instance.post("/registries/" + encoded(alias) + "/test", wanted);
        }
    }

    /** The upload when it has been fingerprinted, or could not be; null when that takes too long. */
    private @Nullable JsonNode follow(String id) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        try (var instance = page.connect(environment)) {
            while (System.nanoTime() < deadline) {
                JsonNode found = instance.find("/api/v1/model?id=" + encoded(id));
                JsonNode upload = found == null ? JsonOutput.object() : found.path("version");
                if (!upload.path("progress").asText("received").equals("received")) {
                    return upload;
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
        return null;
    }

    private int conclusion(int status, JsonNode answer, @Nullable JsonNode upload) {
        if (status / 100 != 2) {
            console.error(alias + ": expected 2xx, found " + status + " " + said(answer));
            return ExitCode.CHECK_FAILED;
        }
        if (isPutAside(answer)) {
            console.error(alias + ": expected an announcement that can be used, found " + said(answer));
            return ExitCode.CHECK_FAILED;
        }
        if (upload == null && !isOnlyListed(answer) && status == 202) {
            console.error(
                    alias + ": expected a fingerprint within " + timeoutSeconds + " s, found none: " + said(answer));
            return ExitCode.CHECK_FAILED;
        }
        return ExitCode.OK;
    }

    // Events of some registries tell no version: all that follows is that the registry is asked.
    private static boolean isOnlyListed(JsonNode answer) {
        return answer.path("status").asText().equals("to be listed");
    }

    private static boolean isPutAside(JsonNode answer) {
        return answer.path("status").asText().equals("put aside");
    }

    private static String said(JsonNode answer) {
        String status = answer.path("status").asText("");
        String reason = answer.path("reason").asText(answer.path("error").asText(""));
        return (status + (status.isEmpty() || reason.isEmpty() ? "" : ": ") + reason).strip();
    }

    private static String outcome(JsonNode upload) {
        JsonNode not = upload.path("notAnalysed");
        return not.isObject()
                ? "not analysed, " + not.path("reason").asText() + ": "
                        + not.path("message").asText()
                : "made";
    }

    private void step(String what, String how) {
        if (!json.requested()) {
            console.print(console.styled(Style.STRONG, String.format("%-12s", what)) + how);
        }
    }

    private static ObjectNode document(JsonNode announced, @Nullable JsonNode upload) {
        ObjectNode document = JsonOutput.object();
        document.set("announced", announced);
        document.set("upload", upload);
        return document;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
