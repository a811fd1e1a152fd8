package dev.forebear.cli.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceFacts;
import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code reference list}: which reference models are kept. */
@Command(
        name = "list",
        description = "List the reference models of a file or of the running instance.",
        footer = {"", "Examples:", "  forebear reference list", "  forebear reference list --file known.forebear"})
public final class ReferenceListCommand implements Callable<Integer> {

    private static final String NOT_SAID = "-";

    private final Console console;
    private final Map<String, String> environment;
    private final Clock clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final ShelfOptions shelf = new ShelfOptions();

    public ReferenceListCommand(Console console, Map<String, String> environment, Clock clock) {
        this.console = console;
        this.environment = environment;
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException {
        Shelf kept = shelf.shelf(environment, clock);
        var table = new Table()
                .column("model", Side.LEFT)
                .column("family", Side.LEFT)
                .column("publisher", Side.LEFT)
                .column("released", Side.LEFT)
                .column("licence", Side.LEFT)
                .column("compared by", Side.LEFT)
                .column("other names", Side.LEFT);
        ObjectNode root = JsonOutput.object();
        root.put("keptIn", kept.name());
        ArrayNode models = root.putArray("models");
        kept.models().forEach(model -> {
            row(table, model);
            describe(models.addObject(), model);
        });
        if (json.requested()) {
            json.print(root);
        } else if (models.isEmpty()) {
            console.note("No reference models in " + kept.name() + "; docs/references.md shows how to add some.");
        } else {
            console.print(table);
        }
        return ExitCode.OK;
    }

    private static void row(Table table, ReferenceModel reference) {
        ModelFingerprint model = reference.getModel();
        ReferenceFacts facts = ReferenceRecords.facts(model);
        String released = released(reference);
        table.row(
                model.getName() + "@" + model.getVersion(),
                orDash(facts.getFamily()),
                orDash(facts.getPublisher()),
                orDash(released),
                orDash(model.getLicence()),
                ReferenceRecords.isForeign(reference) ? "peer signals" : "weights",
                String.join(", ", facts.getOtherNames()));
    }

    private static void describe(ObjectNode node, ReferenceModel reference) {
        ModelFingerprint model = reference.getModel();
        ReferenceFacts facts = ReferenceRecords.facts(model);
        node.put("model", model.getModelVersionId());
        node.put("family", facts.getFamily());
        node.put("publisher", facts.getPublisher());
        node.put("released", released(reference));
        node.put("licence", model.getLicence());
        node.put("source", reference.getSource());
        ArrayNode names = node.putArray("otherNames");
        facts.getOtherNames().forEach(names::add);
    }

    /** Null where nobody said it. */
    private static @Nullable String released(ReferenceModel reference) {
        return ReferenceRecords.isForeign(reference)
                ? null
                : reference
                        .getModel()
                        .getUploadedAt()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString();
    }

    private static String orDash(@Nullable String text) {
        return text == null ? NOT_SAID : text;
    }
}
