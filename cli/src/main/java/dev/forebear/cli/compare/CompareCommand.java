package dev.forebear.cli.compare;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.cli.checkpoint.AdapterBase;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare A B}: two checkpoints head to head. Whatever the verdict, it is no failure. */
@Command(
        name = "compare",
        description = "Tell whether two checkpoints share lineage, and how likely chance alone would do it.",
        footer = {
            "",
            "Examples:",
            "  forebear compare zoo/base-a zoo/base-a-sft-light",
            "  forebear compare models/helios s3://hub/basalt-7b --html helios.html",
            "  forebear compare models/helios models/basalt --json | jq .verdict"
        })
public final class CompareCommand implements Callable<Integer> {

    private final Console console;
    private final Checkpoints checkpoints;
    private final Clock clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final AdapterBase base = new AdapterBase();

    @Parameters(index = "0", paramLabel = "A", description = Checkpoints.DESCRIPTION)
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = Checkpoints.DESCRIPTION)
    private String second = "";

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with pictures: one file, offline.")
    private @Nullable Path html;

    @Option(
            names = "--among",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of models that one was picked from; the E-value is stated for it (${DEFAULT-VALUE}).")
    private long registrySize;

    public CompareCommand(Console console, Map<String, String> environment, Clock clock) {
        this.console = console;
        this.checkpoints = new Checkpoints(environment);
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws Exception {
        HeadToHead comparison = compare();
        if (html != null) {
            HtmlReport.write(html, comparison, clock.instant());
            console.note("Pictures are in " + html);
        }
        if (json.requested()) {
            json.print(ComparisonJson.of(comparison));
        } else {
            new ComparisonText(console).print(comparison);
        }
        return ExitCode.OK;
    }

    private HeadToHead compare() throws IOException {
        try (Checkpoint a = checkpoints.open(first, base.location());
                Checkpoint b = checkpoints.open(second, base.location())) {
            return HeadToHead.of(a, b, registrySize, console);
        }
    }
}
