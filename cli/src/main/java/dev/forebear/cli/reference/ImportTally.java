package dev.forebear.cli.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.PeerFeatures;
import dev.forebear.schemas.wire.ReferenceFacts;
import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Models on their way, counted by family. */
final class ImportTally implements Models {

    private static final String NO_FAMILY = "-";

    private final Models models;
    private final long total;
    private final AtomicLong taken = new AtomicLong();
    private final Map<Family, Counts> families =
            new TreeMap<>(Comparator.comparing(Family::name).thenComparing(Family::publisher));

    ImportTally(Models models, long total) {
        this.models = models;
        this.total = total;
    }

    private record Family(String name, String publisher) {}

    private static final class Counts {
        private int models;
        private int foreign;
        private int incomplete;
    }

    @Override
    public void outlines(Taker<Outline> taker) throws IOException {
        models.outlines(taker);
    }

    /** Counts from the beginning whenever it is asked. */
    @Override
    public void forEach(Taker<ReferenceModel> taker) throws IOException {
        taken.set(0);
        families.clear();
        models.forEach(model -> {
            count(model);
            taker.take(model);
            taken.incrementAndGet();
        });
    }

    private void count(ReferenceModel model) {
        ReferenceFacts facts = ReferenceRecords.facts(model.getModel());
        Counts counts = families.computeIfAbsent(
                new Family(orNone(facts.getFamily()), orNone(facts.getPublisher())), family -> new Counts());
        counts.models++;
        if (ReferenceRecords.isForeign(model)) {
            counts.foreign++;
            counts.incomplete += isComplete(model.getModel().getFingerprint()) ? 0 : 1;
        }
    }

    private static String orNone(@Nullable String text) {
        return text == null ? NO_FAMILY : text;
    }

    private static boolean isComplete(@Nullable Fingerprint fingerprint) {
        if (fingerprint == null) {
            return false;
        }
        PeerFeatures peer = fingerprint.getPeer();
        return peer.getAnchorSimilarities().hasRemaining()
                && peer.getNormLayerSketch().hasRemaining()
                && !peer.getEmbeddingNormHistogram().isEmpty()
                && !peer.getLayerEnergyProfile().isEmpty()
                && !peer.getWeightValueSketches().isEmpty();
    }

    long taken() {
        return taken.get();
    }

    long total() {
        return total;
    }

    /** Models of which only the peer's signals are known. */
    int foreign() {
        return families.values().stream().mapToInt(counts -> counts.foreign).sum();
    }

    Table table() {
        var table = new Table()
                .column("family", Side.LEFT)
                .column("publisher", Side.LEFT)
                .column("models", Side.RIGHT)
                .column("by weights", Side.RIGHT)
                .column("by peer signals", Side.RIGHT)
                .column("of these incomplete", Side.RIGHT);
        families.forEach((family, counts) -> table.row(
                family.name(),
                family.publisher(),
                String.valueOf(counts.models),
                String.valueOf(counts.models - counts.foreign),
                String.valueOf(counts.foreign),
                String.valueOf(counts.incomplete)));
        return table;
    }

    void describe(ArrayNode array) {
        families.forEach((family, counts) -> {
            ObjectNode node = array.addObject();
            node.put("family", family.name());
            node.put("publisher", family.publisher());
            node.put("models", counts.models);
            node.put("byPeerSignals", counts.foreign);
            node.put("incomplete", counts.incomplete);
        });
    }
}
