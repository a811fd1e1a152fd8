package dev.forebear.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate DIR}: the product's verdicts on a zoo of known lineage. Missing a bar is no failure. */
@Command(
        name = "evaluate",
        description = {
            "Hold the verdicts on every pair of models of a folder against their true lineage.",
            "",
            "The folder holds a sub-folder for each model and lineage.json, which tells what each was made from.",
            "It is read for scoring only, and for the order of upload, which is the order of its models."
        },
        footer = {
            "",
            "Examples:",
            "  forebear evaluate zoo",
            "  forebear evaluate zoo --json zoo.json --html zoo.html",
        })
public final class EvaluateCommand implements Callable<Integer> {

    private final Console console;
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "Folder of models with their lineage.json.")
    private Path zoo = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "Also write everything measured as JSON.")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with pictures: one file, offline.")
    private @Nullable Path html;

    public EvaluateCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        // An hour of work must not end in a file that cannot be written.
        requireFolder("--json", json);
        requireFolder("--html", html);
        Evaluation evaluation = evaluate();
        if (json != null) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(json.toFile(), EvaluationJson.of(evaluation));
        }
        if (html != null) {
            EvaluationPage.write(html, evaluation, clock.instant());
            console.note("Pictures are in " + html);
        }
        new EvaluationText(console).print(evaluation);
        return ExitCode.OK;
    }

    private Evaluation evaluate() throws IOException, InterruptedException {
        Lineage lineage = Lineage.read(zoo);
        try (ZooRun run = ZooRun.of(zoo, lineage)) {
            return Evaluation.of(zoo.toString(), lineage, run.models(), run.ask(console));
        }
    }

    private void requireFolder(String option, @Nullable Path file) {
        if (file != null && (Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling("")))) {
            throw new ParameterException(
                    spec.commandLine(), option + ": expected a file in an existing folder, found " + file);
        }
    }
}
