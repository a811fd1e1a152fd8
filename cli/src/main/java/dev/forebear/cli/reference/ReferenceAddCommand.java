package dev.forebear.cli.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.cli.checkpoint.AdapterBase;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.fingerprint.LocalFingerprint;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reference add A}: fingerprints a model and keeps it as a known base. */
@Command(
        name = "add",
        description = {
            "Fingerprint a model and keep it as a reference model.",
            "Its release counts as its upload: what came later may be made from it. Where the same weights are known "
                    + "already, the one released first stays and takes over the names of the other."
        },
        footer = {
            "",
            "Examples:",
            "  forebear reference add hf://quarry-ai/basalt-7b --name quarry-ai/basalt-7b --released 2024-03-01 "
                    + "--family Basalt",
            "  forebear reference add models/basalt --name quarry-ai/basalt-7b --released 2024-03-01 --file known"
                    + ".forebear"
        })
public final class ReferenceAddCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;
    private final Checkpoints checkpoints;
    private final Clock clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final AdapterBase base = new AdapterBase();

    @Mixin
    private final ShelfOptions shelf = new ShelfOptions();

    @Parameters(paramLabel = "A", description = Checkpoints.DESCRIPTION)
    private String location = "";

    @Option(names = "--name", paramLabel = "ORG/NAME", required = true, description = "What it is called.")
    private String name = "";

    @Option(names = "--model-version", paramLabel = "VERSION", description = "Its version (default: main).")
    private String version = Description.ANY_VERSION;

    @Option(names = "--family", paramLabel = "FAMILY", description = "Family that it belongs to.")
    private @Nullable String family;

    @Option(
            names = "--publisher",
            paramLabel = "PUBLISHER",
            description = "Who published it (default: the organisation of its name).")
    private @Nullable String publisher;

    @Option(names = "--licence", paramLabel = "LICENCE", description = "Its licence (default: of its model card).")
    private @Nullable String licence;

    @Option(names = "--released", paramLabel = "DATE", required = true, description = "Day of its release, 2024-03-01.")
    private LocalDate released = LocalDate.EPOCH;

    @Option(names = "--alias", paramLabel = "OTHER", description = "What else it is called; may be repeated.")
    private List<String> aliases = new ArrayList<>();

    public ReferenceAddCommand(Console console, Map<String, String> environment, Clock clock) {
        this.console = console;
        this.environment = environment;
        this.checkpoints = new Checkpoints(environment);
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException {
        String id = requireNames();
        Shelf kept = shelf.shelf(environment, clock);
        ReferenceModel model = fingerprinted();
        Merging merging = kept.put(Models.of(List.of(model)));
        Outline now = merging.keptFor(id);
        if (json.requested()) {
            json.print(document(kept, now));
        } else if (now.id().equals(id)) {
            console.print("Added " + id + " to " + kept.name() + ".");
        } else {
            console.print("The weights of " + id + " are those of " + now.id() + ", released before: " + kept.name()
                    + " knows them by both names.");
        }
        return ExitCode.OK;
    }

    private String requireNames() {
        try {
            for (String alias : aliases) {
                ModelVersionId.of(ReferenceRecords.REGISTRY, alias, version);
            }
            return ModelVersionId.of(ReferenceRecords.REGISTRY, name, version).toString();
        } catch (IllegalArgumentException wrong) {
            throw shelf.wrongUsage("--name, --model-version, --alias: " + wrong.getMessage());
        }
    }

    private ReferenceModel fingerprinted() throws IOException {
        int slash = name.indexOf('/');
        var description = new Description(
                name,
                version,
                family,
                publisher == null && slash > 0 ? name.substring(0, slash) : publisher,
                licence,
                released.atStartOfDay(ZoneOffset.UTC).toInstant(),
                aliases.stream().filter(alias -> !alias.equals(name)).distinct().toList());
        try (Checkpoint checkpoint = checkpoints.open(location, base.location())) {
            if (checkpoint.isAdapterAlone()) {
                checkpoint.transformer(); // which says what is missing
            }
            LocalFingerprint made = LocalFingerprint.of(checkpoint, console);
            return description.record(made, checkpoint.declarations(), clock.instant());
        }
    }

    private ObjectNode document(Shelf kept, Outline now) {
        ObjectNode root = JsonOutput.object();
        root.put("location", location);
        root.put("keptIn", kept.name());
        root.put("model", now.id());
        root.put(
                "weightsDigest",
                "sha256:" + now.weights().substring(now.weights().indexOf(':') + 1));
        ArrayNode names = root.putArray("otherNames");
        now.names().stream().skip(1).forEach(names::add);
        return root;
    }
}
