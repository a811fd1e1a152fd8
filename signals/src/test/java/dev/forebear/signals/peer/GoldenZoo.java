package dev.forebear.signals.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.ModelShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The zoo's models of plain floating point, opened once, every pair compared once, and the golden values. */
final class GoldenZoo {

    private static final Path ROOT = Path.of("..", "zoo");

    /** Packed weights, another file format, or an adapter. */
    private static final Set<String> NOT_PLAIN =
            Set.of("base-a-fp8", "base-a-gptq", "base-a-gguf-q8", "base-a-lora-adapter", "base-g-sft-bin");

    private static final GoldenZoo SHARED = new GoldenZoo();

    private final Map<String, Checkpoint> checkpoints = new TreeMap<>();
    private final List<Pair> pairs = new ArrayList<>();

    private GoldenZoo() {
        try {
            for (Map<String, String> row : rows(ROOT.resolve("golden/pairs.csv"))) {
                if (!NOT_PLAIN.contains(row.get("a")) && !NOT_PLAIN.contains(row.get("b"))) {
                    pairs.add(
                            new Pair(row, PeerComparison.between(checkpoint(row.get("a")), checkpoint(row.get("b")))));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Two models, what the reference program says about them and what we say. */
    record Pair(Map<String, String> golden, PeerComparison comparison) {

        String a() {
            return golden.get("a");
        }

        String b() {
            return golden.get("b");
        }

        boolean independent() {
            return golden.get("truth").equals("independent");
        }

        boolean related() {
            return golden.get("truth").equals("related");
        }

        @Override
        public String toString() {
            return a() + " and " + b();
        }
    }

    static List<Pair> pairs() {
        return SHARED.pairs;
    }

    static Set<String> models() {
        return SHARED.checkpoints.keySet();
    }

    static Checkpoint open(String model) {
        try {
            return SHARED.checkpoint(model);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A checkpoint of the caller's own, also of a model that is not plain. */
    static Checkpoint openUnshared(String model) throws IOException {
        return Checkpoint.open(new FolderStorage(ROOT.resolve(model)));
    }

    /** Its dimensions, as far as the peer signals compare them. */
    static ModelShape shape(String model) {
        try {
            ModelConfig config = open(model).config();
            return new ModelShape(
                    config.modelType(),
                    config.hiddenSize(),
                    config.layers(),
                    config.intermediateSize(),
                    config.attentionHeads(),
                    config.keyValueHeads(),
                    config.headSize(),
                    config.vocabularySize(),
                    config.experts(),
                    true,
                    true,
                    "BF16");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static JsonNode goldenFeatures() throws IOException {
        return new ObjectMapper().readTree(ROOT.resolve("golden/features.json").toFile());
    }

    private Checkpoint checkpoint(String model) throws IOException {
        Checkpoint open = checkpoints.get(model);
        if (open == null) {
            open = openUnshared(model);
            checkpoints.put(model, open);
        }
        return open;
    }

    private static List<Map<String, String>> rows(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        String[] header = lines.getFirst().split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
