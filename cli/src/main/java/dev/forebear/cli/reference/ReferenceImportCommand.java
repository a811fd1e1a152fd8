package dev.forebear.cli.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.reference.peer.PeerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code reference import PATH}: takes over a file of reference models, or a database of the peer. */
@Command(
        name = "import",
        description = {
            "Take over reference models: all of them or, when one cannot be read, none.",
            "",
            "PATH is a file that 'reference export' wrote, or the folder of a database of Cisco's Model Provenance"
                    + " Kit. Of the models of such a database only its own signals are known: they rank, they prove"
                    + " nothing, and they can be kept in a file only."
        },
        footer = {
            "",
            "Examples:",
            "  forebear reference import partner.forebear",
            "  forebear reference import database --file known.forebear",
            "  forebear scan models/new --reference known.forebear"
        })
public final class ReferenceImportCommand implements Callable<Integer> {

    private static final String ONLY_WEIGHTS =
            "an instance compares weights, and of them only the peer's signals are known";

    private final Console console;
    private final Map<String, String> environment;
    private final Clock clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final ShelfOptions shelf = new ShelfOptions();

    @Parameters(paramLabel = "PATH", description = "A file of reference models, or a database of the peer.")
    private Path path = Path.of("");

    public ReferenceImportCommand(Console console, Map<String, String> environment, Clock clock) {
        this.console = console;
        this.environment = environment;
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException {
        ImportTally tally = source();
        Shelf kept = shelf.shelf(environment, clock);
        Merging merging;
        try (var progress = console.progress("Importing " + path, tally::taken, tally::total, Long::toString)) {
            merging = kept.put(tally);
        }
        if (json.requested()) {
            json.print(document(kept, merging, tally));
        } else {
            console.print(tally.table());
            console.space();
            console.print(kept.name() + ": " + merging.stored().sentence());
            if (leftOut(tally) > 0) {
                console.note("%,d models were left out: %s; --file keeps them".formatted(leftOut(tally), ONLY_WEIGHTS));
            }
        }
        return ExitCode.OK;
    }

    /** An instance takes over what it can prove something with. */
    private int leftOut(ImportTally tally) {
        return shelf.isFile() ? 0 : tally.foreign();
    }

    private ImportTally source() throws IOException {
        if (Files.isRegularFile(path)) {
            var models = new FileModels(path);
            return new ImportTally(models, models.header().models());
        }
        if (!PeerDatabase.isAt(path)) {
            throw new CheckpointException(
                    Reason.MISSING,
                    path.toString(),
                    "expected a file of reference models, or a folder with catalog/manifest.json, found neither");
        }
        if (!shelf.isFile()) {
            throw shelf.wrongUsage("expected --file FILE to keep the models of " + path + ": " + ONLY_WEIGHTS);
        }
        PeerDatabase database = PeerDatabase.open(path);
        return new ImportTally(database, database.size());
    }

    private ObjectNode document(Shelf kept, Merging merging, ImportTally tally) {
        ObjectNode root = JsonOutput.object();
        root.put("path", path.toString());
        root.put("keptIn", kept.name());
        merging.stored().describe(root);
        root.put("leftOut", leftOut(tally));
        ArrayNode families = root.putArray("families");
        tally.describe(families);
        return root;
    }
}
