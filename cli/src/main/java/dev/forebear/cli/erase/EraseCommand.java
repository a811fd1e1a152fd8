package dev.forebear.cli.erase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.PageAddress;
import dev.forebear.cli.instance.RunningInstance;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code erase MODEL[@version]}: a running instance forgets a model, after counting what that removes. */
@Command(
        name = "erase",
        description = {
            "Make a running instance forget a model, or one version of it: fingerprints, reports, everything shown.",
            "What that removes is counted first, and you are asked. It cannot be undone."
        },
        footer = {
            "",
            "Examples:",
            "  forebear erase internal/helios-7b@v4 --reason 'Subjects of its data objected.'",
            "  forebear erase internal/helios-7b --reason 'Contract ended.' --yes --json",
            "",
            "docs/retention.md says what remains, and for how long."
        })
public final class EraseCommand implements Callable<Integer> {

    private static final String PATH = "/api/v1/erasures";

    private final Console console;
    private final Map<String, String> environment;
    private final Supplier<@Nullable String> answers;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final PageAddress page = new PageAddress();

    @Parameters(
            paramLabel = "MODEL",
            description = "A model, <registry>/<name>, with all its versions; or <registry>/<name>@<version>.")
    private String model = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; the audit trail keeps it.")
    private String reason = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /** @param answers the next line of whoever is asked; null when nobody can be */
    public EraseCommand(Console console, Map<String, String> environment, Supplier<@Nullable String> answers) {
        this.console = console;
        this.environment = environment;
        this.answers = answers;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RunningInstance instance = page.connect(environment)) {
            if (!yes && !isAgreed(ask(instance, true))) {
                console.note("Nothing was erased.");
                return ExitCode.OK;
            }
            JsonNode erased = ask(instance, false);
            if (json.requested()) {
                json.print(erased);
            } else {
                console.print("Erased " + model + ": " + words(erased) + ".");
            }
            return ExitCode.OK;
        }
    }

    private JsonNode ask(RunningInstance instance, boolean dryRun) throws IOException, InterruptedException {
        return instance.post(
                PATH, JsonOutput.object().put("id", model).put("reason", reason).put("dryRun", dryRun));
    }

    private static String words(JsonNode erasure) {
        long descendants = erasure.path("descendants").asLong();
        return "%,d versions, %,d fingerprints, %,d reports; %,d open alerts end"
                        .formatted(
                                erasure.path("versions").asLong(),
                                erasure.path("fingerprints").asLong(),
                                erasure.path("reports").asLong(),
                                erasure.path("openAlerts").asLong())
                + (descendants == 0 ? "" : "; %,d reports on other models go on naming it".formatted(descendants));
    }

    private boolean isAgreed(JsonNode counted) {
        console.note("Erase " + model + " (" + words(counted) + ") for good? [y/N]");
        String answer = answers.get();
        if (answer == null) {
            throw new ParameterException(
                    spec.commandLine(), "expected --yes, since nobody can be asked; nothing was erased");
        }
        return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
