package dev.forebear.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.RunningInstance;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a running instance knows of its policy, and of other ones. */
final class PolicyApi implements AutoCloseable {

    private static final String POLICY = "/api/v1/policy";
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    private final Console console;
    private final RunningInstance instance;

    /** @param instance asked from then on; closed with this */
    PolicyApi(Console console, RunningInstance instance) {
        this.console = console;
        this.instance = instance;
    }

    /** The policy in use. */
    JsonNode policy() throws IOException, InterruptedException {
        return instance.get(POLICY);
    }

    /** What a text would find in everything that is known; waits until it is counted. */
    JsonNode preview(String text) throws IOException, InterruptedException {
        return counted(instance.post(POLICY + "/preview", JsonOutput.object().put("text", text)));
    }

    /** What applying the policy in use would do; waits until it is counted. */
    JsonNode dryRun(@Nullable String rule) throws IOException, InterruptedException {
        return counted(instance.post(
                POLICY + "/applications", JsonOutput.object().put("rule", rule).put("dryRun", true)));
    }

    /** Applies the policy in use, if it still is the one that was counted. */
    JsonNode apply(@Nullable String rule, String policyVersion, boolean notify)
            throws IOException, InterruptedException {
        ObjectNode request = JsonOutput.object()
                .put("rule", rule)
                .put("policyVersion", policyVersion)
                .put("notify", notify)
                .put("dryRun", false);
        return instance.post(POLICY + "/applications", request).path("application");
    }

    private JsonNode counted(JsonNode begun) throws IOException, InterruptedException {
        var done = new AtomicLong(begun.path("done").asLong());
        long total = begun.path("total").asLong();
        JsonNode preview = begun;
        try (var progress = console.progress("counting", done::get, () -> total, count -> count + " versions")) {
            while (preview.path("state").asText().equals("running")) {
                Thread.sleep(LOOK_EVERY);
                String id = URLEncoder.encode(begun.path("id").asText(), StandardCharsets.UTF_8);
                preview = instance.get(POLICY + "/previews/" + id);
                done.set(preview.path("done").asLong());
            }
        }
        if (!preview.path("state").asText().equals("done")) {
            throw new IOException("expected the preview to be counted, found it "
                    + preview.path("state").asText("lost") + ": "
                    + preview.path("problem").asText("by another preview of the same caller"));
        }
        return preview;
    }

    @Override
    public void close() {
        instance.close();
    }
}
