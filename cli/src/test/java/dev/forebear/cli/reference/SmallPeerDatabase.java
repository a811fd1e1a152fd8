package dev.forebear.cli.reference;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;

import blue.strategic.parquet.ParquetWriter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.cli.Zoo;
import dev.forebear.signals.peer.PeerProfile;
import dev.forebear.signals.peer.PeerVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A database in the peer's layout of models of the zoo. What the peer's own program wrote of them (hashes, anchors,
 * histogram, energies; {@code zoo/golden/features.json}) is taken as it stands. That file does not hold the norm layers
 * and the sampled weights, only their lengths: these are read from the weights, and must be of those lengths.
 */
public final class SmallPeerDatabase {

    /** One row of a parquet file. */
    record Value(
            String signal,
            @Nullable Integer layer,
            int row,
            @Nullable Integer column,
            float value) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final MessageType ROWS = Types.buildMessage()
            .required(PrimitiveTypeName.BINARY)
            .as(stringType())
            .named("signal")
            .optional(PrimitiveTypeName.INT32)
            .named("layer")
            .required(PrimitiveTypeName.INT32)
            .named("row")
            .optional(PrimitiveTypeName.INT32)
            .named("col")
            .required(PrimitiveTypeName.FLOAT)
            .named("value")
            .named("signals");

    private SmallPeerDatabase() {}

    /** Every model is a family of its own. */
    public static void write(Path root, String... models) throws Exception {
        JsonNode golden = JSON.readTree(Zoo.folder("golden/features.json").toFile());
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("updated_at", "2026-04-20T19:42:57.105651+00:00").put("shard_strategy", "by_family");
        ArrayNode shards = manifest.putArray("shards");
        for (String model : models) {
            shards.addObject()
                    .put("family_id", "zoo--" + model)
                    .put("shard_path", shard(model))
                    .put("asset_count", 1);
            write(root.resolve(shard(model)), shardOf(model));
            writeFeatures(root, model, golden.path(model));
        }
        write(root.resolve("catalog/manifest.json"), manifest);
    }

    static String shard(String model) {
        return "catalog/by-family/zoo--" + model + ".json";
    }

    static String features(String model) {
        return "features/base/by-family/zoo--" + model + "/" + model + "__hf-safetensors_features.json";
    }

    static String deepSignals(String model) {
        return "features/deep-signals/by-family/zoo--" + model + "/" + model + "__hf-safetensors_deep-signals.parquet";
    }

    private static ObjectNode shardOf(String model) {
        ObjectNode shard = JSON.createObjectNode();
        shard.put("shard_id", "dd32127b-912e-4493-a493-5fcf876f3d1f");
        shard.putObject("family")
                .put("family_id", "zoo--" + model)
                .put("display_name", "Zoo " + model)
                .put("publisher", "zoo");
        shard.putArray("assets")
                .addObject()
                .put("asset_id", model + "__hf-safetensors")
                .put("model_id", model)
                .put("format", "safetensors")
                .put("feature_path", features(model))
                .put("param_bucket", "<=1B")
                .put("source_uri", "https://huggingface.co/zoo/" + model);
        return shard;
    }

    private static void writeFeatures(Path root, String model, JsonNode golden) throws Exception {
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(Zoo.folder(model)))) {
            PeerProfile profile = PeerProfile.of(checkpoint);
            List<Value> values = values(golden, profile.vectors());
            writeValues(root.resolve(deepSignals(model)), values);
            ObjectNode bundle = JSON.createObjectNode();
            bundle.put("model_id", model).put("asset_id", model + "__hf-safetensors");
            bundle.put("status", "ok").put("updated_at", "2026-04-16T02:14:27.186186+00:00");
            bundle.set("mfi", mfi(golden, profile, checkpoint));
            bundle.putObject("tfv");
            bundle.putObject("signals")
                    .put("nlf_mode", golden.path("nlf_mode").asText())
                    .put("nlf_num_layers", golden.path("nlf_num_layers").asInt());
            ObjectNode artifact = bundle.putArray("artifact_refs").addObject();
            artifact.put("type", "deep_signals").put("path", deepSignals(model));
            artifact.put("checksum", checksum(root.resolve(deepSignals(model))));
            ArrayNode signals = artifact.putArray("signals");
            values.stream().map(Value::signal).distinct().forEach(signals::add);
            write(root.resolve(features(model)), bundle);
        }
    }

    private static ObjectNode mfi(JsonNode golden, PeerProfile profile, Checkpoint checkpoint) throws IOException {
        var architecture = profile.features().architecture();
        ObjectNode mfi = JSON.createObjectNode();
        mfi.put("model_type", profile.dimensions().modelType());
        mfi.put("hidden_size", golden.path("hidden_size").asInt());
        mfi.put("num_hidden_layers", golden.path("num_layers").asInt());
        mfi.put("num_attention_heads", checkpoint.config().attentionHeads());
        mfi.putNull("num_key_value_heads");
        mfi.put("vocab_size", profile.dimensions().vocabularySize());
        mfi.putNull("head_dim");
        mfi.put("rope_theta", architecture.ropeTheta());
        mfi.put("bos_token_id", architecture.bosTokenId());
        mfi.put("eos_token_id", architecture.eosTokenId());
        mfi.put("attention_style", architecture.attentionStyle());
        mfi.put("norm_type", architecture.normType());
        mfi.put("attention_bias", architecture.attentionBias());
        mfi.put("qk_norm", architecture.queryKeyNorm());
        mfi.put("pos_encoding", architecture.positionEncoding());
        mfi.set("arch_hash", golden.path("mfi").path("arch_hash"));
        mfi.set("family_hash", golden.path("mfi").path("family_hash"));
        return mfi;
    }

    private static List<Value> values(JsonNode golden, PeerVectors vectors) {
        List<Value> values = new ArrayList<>();
        JsonNode anchors = golden.path("eas_self_sim");
        for (int row = 0; row < anchors.size(); row++) {
            for (int column = 0; column < anchors.get(row).size(); column++) {
                values.add(new Value("eas_self_sim", null, row, column, (float)
                        anchors.get(row).get(column).asDouble()));
            }
        }
        addAll(values, "lep_profile", golden.path("lep_profile"));
        addAll(values, "end_histogram", golden.path("end_histogram"));
        addAll(values, "wsp_signature", golden.path("wsp_signature"));
        addAll(
                values,
                "nlf_vector",
                null,
                vectors.normLayers(),
                golden.path("nlf_length").asInt());
        for (int layer = 0; layer < vectors.weightValues().size(); layer++) {
            int length = golden.path("wvc_lengths").path(String.valueOf(layer)).asInt();
            if (length > 0) {
                addAll(values, "wvc_layer_sigs", layer, vectors.weightValues().get(layer), length);
            }
        }
        return values;
    }

    private static void addAll(List<Value> values, String signal, JsonNode array) {
        for (int row = 0; row < array.size(); row++) {
            values.add(new Value(signal, null, row, null, (float) array.get(row).asDouble()));
        }
    }

    private static void addAll(
            List<Value> values, String signal, @Nullable Integer layer, float[] vector, int expectedLength) {
        if (vector.length != expectedLength) {
            throw new AssertionError(signal + ": the peer has " + expectedLength + " values, we " + vector.length);
        }
        for (int row = 0; row < vector.length; row++) {
            values.add(new Value(signal, layer, row, null, vector[row]));
        }
    }

    static void writeValues(Path file, List<Value> values) throws IOException {
        Files.createDirectories(file.getParent());
        try (ParquetWriter<Value> writer = ParquetWriter.writeFile(ROWS, file.toFile(), (value, columns) -> {
            columns.write("signal", value.signal());
            if (value.layer() != null) {
                columns.write("layer", value.layer());
            }
            columns.write("row", value.row());
            if (value.column() != null) {
                columns.write("col", value.column());
            }
            columns.write("value", value.value());
        })) {
            for (Value value : values) {
                writer.write(value);
            }
        }
    }

    static String checksum(Path file) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static void write(Path file, JsonNode content) throws IOException {
        Files.createDirectories(file.getParent());
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), content);
    }

    /** What the reference program says of two models, by column. */
    static TreeMap<String, String> golden(String a, String b) throws IOException {
        List<String> lines = Files.readAllLines(Zoo.folder("golden/pairs.csv"));
        String[] header = lines.getFirst().split(",");
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            if (cells[0].equals(a) && cells[1].equals(b) || cells[0].equals(b) && cells[1].equals(a)) {
                var row = new TreeMap<String, String>();
                for (int i = 0; i < header.length; i++) {
                    row.put(header[i], cells[i]);
                }
                return row;
            }
        }
        throw new AssertionError("no golden values of " + a + " and " + b);
    }
}
