package dev.forebear.cli.inspect;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.cli.checkpoint.AdapterBase;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect A}: what a checkpoint holds, without reading its weights. */
@Command(
        name = "inspect",
        description = "List tensors, roles and problems of a checkpoint, or what it costs to read.",
        footer = {
            "",
            "Examples:",
            "  forebear inspect models/helios-7b",
            "  forebear inspect s3://registry/helios-7b/v4 --json",
            "  forebear inspect s3://registry/helios-7b/v4 --plan"
        })
public final class InspectCommand implements Callable<Integer> {

    private final Console console;
    private final Checkpoints checkpoints;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final AdapterBase base = new AdapterBase();

    @Option(
            names = "--plan",
            description = "Show how many bytes each signal would read, with how many requests, instead of the tensors.")
    private boolean plan;

    @Parameters(paramLabel = "A", description = Checkpoints.DESCRIPTION)
    private String location = "";

    public InspectCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.checkpoints = new Checkpoints(environment);
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws Exception {
        try (Checkpoint checkpoint = checkpoints.open(location, base.location())) {
            Inspection inspection = Inspection.of(checkpoint);
            List<Tier> tiers = plan ? Tier.of(checkpoint) : List.of();
            if (json.requested()) {
                json.print(plan ? InspectionJson.of(inspection, tiers) : InspectionJson.of(inspection));
            } else if (plan) {
                new InspectionText(console).print(inspection, tiers);
            } else {
                new InspectionText(console).print(inspection);
            }
            return exitCode(inspection);
        }
    }

    private int exitCode(Inspection inspection) {
        var malformed =
                inspection.problems().stream().filter(Problem::isMalformed).toList();
        malformed.forEach(problem -> console.error(problem.line()));
        return malformed.isEmpty() ? ExitCode.OK : ExitCode.UNREADABLE_INPUT;
    }
}
