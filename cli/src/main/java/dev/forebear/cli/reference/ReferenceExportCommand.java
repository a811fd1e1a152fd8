package dev.forebear.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.instance.InstanceAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reference export FILE}: fingerprints to give away without the weights. */
@Command(
        name = "export",
        description = {
            "Write the fingerprints of the running instance, or of a folder of checkpoints, to one file.",
            "It holds names, licences, declared bases, dates and fingerprints; not where the weights lie. Copies"
                    + " become one model of several names."
        },
        footer = {
            "",
            "Examples:",
            "  forebear reference export ours.forebear",
            "  forebear reference export bases.forebear --registry reference",
            "  forebear reference export zoo.forebear --from zoo"
        })
public final class ReferenceExportCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;
    private final Clock clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Parameters(paramLabel = "FILE", description = "Where to write it; an older file is replaced.")
    private Path file = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Folder of checkpoints, which are fingerprinted; if not given, the running instance.")
    private @Nullable Path folder;

    @Option(
            names = "--registry",
            paramLabel = "ALIAS",
            description = "Only models of this registry of the instance; may be repeated.")
    private List<String> registries = new ArrayList<>();

    public ReferenceExportCommand(Console console, Map<String, String> environment, Clock clock) {
        this.console = console;
        this.environment = environment;
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException {
        Models models = folder == null
                ? new ExportedModels(new TopicFingerprints(instance.resolve(environment)), registries)
                : FolderModels.in(
                        folder,
                        checkpoint -> false,
                        clock.instant(),
                        console,
                        line -> console.note("left out  " + line));
        Merging merging = new FileShelf(file, clock).replaceWith(models);
        if (json.requested()) {
            ObjectNode root = JsonOutput.object();
            root.put("file", file.toString());
            root.put("fileBytes", Files.size(file));
            root.put("models", merging.models());
            root.put("merged", merging.stored().merged());
            json.print(root);
        } else {
            console.print("%,d models in %s, %s; %,d copies are names of others."
                    .formatted(
                            merging.models(),
                            file,
                            Quantities.bytes(Files.size(file)),
                            merging.stored().merged()));
        }
        return ExitCode.OK;
    }
}
