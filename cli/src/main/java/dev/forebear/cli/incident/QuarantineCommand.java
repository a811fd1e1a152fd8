package dev.forebear.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.PageAddress;
import dev.forebear.cli.instance.RunningInstance;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quarantine}: from now on whatever descends from a model raises an alert. */
@Command(
        name = "quarantine",
        description = {
            "Quarantine a model of the running instance: it and everything that descends from it, now or later,",
            "raises a critical alert until the quarantine is lifted. Needs a token of a responder."
        },
        footer = {
            "",
            "Examples:",
            "  forebear quarantine hub/quarry-ai/basalt-7b --reason 'Backdoor reported, INC-4711'",
            "  forebear quarantine hub/quarry-ai/basalt-7b --lift --reason 'False alarm'",
            "  forebear quarantine list"
        })
public final class QuarantineCommand implements Callable<Integer> {

    static final String QUARANTINES = "/api/v1/quarantines";

    private final Console console;
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "<registry>/<name>, <registry>/<name>@<version>, or a name that only one model has.")
    private @Nullable String model;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; everybody who is told of it reads it.")
    private @Nullable String reason;

    @Option(names = "--lift", description = "End the quarantine; its alerts are resolved.")
    private boolean lift;

    @Option(
            names = "--not-known-yet",
            description = "Take the name as it is, though nothing is known of such a model: it may come.")
    private boolean unknown;

    @Mixin
    private final PageAddress page = new PageAddress();

    public QuarantineCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (model == null) {
            throw new ParameterException(spec.commandLine(), "expected a model, or 'quarantine list', found neither");
        }
        if (!lift && (reason == null || reason.isBlank())) {
            throw new ParameterException(spec.commandLine(), "--reason: expected a text, found none");
        }
        try (var instance = page.connect(environment)) {
            if (lift) {
                lift(instance, model);
            } else {
                begin(instance, model);
            }
        }
        return ExitCode.OK;
    }

    private void begin(RunningInstance instance, String named) throws IOException, InterruptedException {
        JsonNode family = unknown ? null : family(instance, named);
        String id = family == null ? named : family.path("id").asText();
        instance.post(
                QUARANTINES,
                JsonOutput.object().put("id", id).put("reason", reason).put("unknown", unknown));
        console.print("Quarantined: " + id + ".");
        if (family != null) {
            int found = family.path("found").asInt();
            console.print(
                    found == 0
                            ? "Nothing that is known descends from it; whatever comes raises an alert."
                            : found + " model versions of "
                                    + family.path("models").asInt()
                                    + " models descend from it, "
                                    + family.path("proven").asInt()
                                    + " of them proven; alerts are raised within seconds.");
        }
    }

    private void lift(RunningInstance instance, String id) throws IOException, InterruptedException {
        instance.delete(QUARANTINES + "?id=" + FamilyOptions.encoded(id)
                + (reason == null ? "" : "&reason=" + FamilyOptions.encoded(reason)));
        console.print("Lifted: " + id + " is quarantined no more; its alerts are resolved within seconds.");
    }

    private static JsonNode family(RunningInstance instance, String named) throws IOException, InterruptedException {
        return instance.getLarge(
                "/api/v1/descendants?id=" + FamilyOptions.encoded(named), FamilyFormat.MEMBERS, member -> {});
    }
}
