package dev.forebear.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.PageAddress;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code policy apply}: holds what is known against the policy in use, after counting what that does. */
@Command(
        name = "apply",
        description = {
            "Apply the policy of a running instance to everything that it knows, not only to what arrives.",
            "What that would open and resolve is counted first, and you are asked."
        },
        footer = {
            "",
            "Examples:",
            "  forebear policy apply",
            "  forebear policy apply --rule disallowed-ancestor --notify --yes"
        })
public final class PolicyApplyCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<@Nullable String> answers;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final PageAddress page = new PageAddress();

    private final Map<String, String> environment;

    @Option(names = "--rule", paramLabel = "NAME", description = "Apply one rule only.")
    private @Nullable String rule;

    @Option(names = "--notify", description = "Tell the channels of what is found; else only the page shows it.")
    private boolean notify;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /** @param answers the next line of whoever is asked; null when nobody can be */
    public PolicyApplyCommand(Console console, Map<String, String> environment, Supplier<@Nullable String> answers) {
        this.console = console;
        this.answers = answers;
        this.json = new JsonOutput(console);
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var api = new PolicyApi(console, page.connect(environment))) {
            String version = api.policy().path("version").asText();
            JsonNode preview = api.dryRun(rule);
            if (!json.requested()) {
                CountTable.print(console, preview);
            }
            if (!yes && !isAgreed(version)) {
                console.note("Nothing was changed.");
                return ExitCode.OK;
            }
            JsonNode application = api.apply(rule, version, notify);
            if (json.requested()) {
                ObjectNode document = JsonOutput.object();
                document.set("preview", preview);
                document.set("application", application);
                json.print(document);
            } else {
                console.print("Asked for as " + application.path("id").asText() + "; alerts change as it is done.");
            }
            return ExitCode.OK;
        }
    }

    private boolean isAgreed(String version) {
        console.note("Apply " + (rule == null ? "all rules" : rule) + " of " + version
                + (notify ? ", and tell the channels" : ", without telling the channels") + "? [y/N]");
        String answer = answers.get();
        if (answer == null) {
            throw new ParameterException(
                    spec.commandLine(), "expected --yes, since nobody can be asked; nothing was changed");
        }
        return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
