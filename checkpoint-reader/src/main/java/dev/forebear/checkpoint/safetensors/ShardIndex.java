package dev.forebear.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code model.safetensors.index.json}: which shard holds which tensor.
 *
 * @param shardOf shard of each tensor, by the tensor's name
 */
record ShardIndex(Map<String, String> shardOf) {

    static final String FILE = "model.safetensors.index.json";
    private static final int FILE_LIMIT = 100_000_000;

    ShardIndex {
        shardOf = Map.copyOf(shardOf);
    }

    /**
     * @throws CheckpointException MALFORMED when it is no map of names, REFUSED when a shard leads out of the
     *     checkpoint
     */
    static ShardIndex read(Storage storage) throws IOException {
        JsonNode weightMap =
                StoredJson.readUniqueKeys(storage, FILE, FILE_LIMIT).path("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw malformed("weight_map: expected a map of tensors to shards, found " + weightMap.getNodeType());
        }
        var shardOf = new TreeMap<String, String>();
        for (var entry : weightMap.properties()) {
            if (!entry.getValue().isTextual()) {
                throw malformed("weight_map, " + entry.getKey() + ": expected a file name, found "
                        + entry.getValue().getNodeType());
            }
            String shard = entry.getValue().textValue();
            FileNames.check(shard);
            if (!shard.endsWith(".safetensors")) {
                throw malformed("weight_map, " + entry.getKey() + ": expected a safetensors file, found " + shard);
            }
            shardOf.put(entry.getKey(), shard);
        }
        return new ShardIndex(shardOf);
    }

    SortedSet<String> shards() {
        return new TreeSet<>(shardOf.values());
    }

    /** @throws CheckpointException MALFORMED unless every tensor of the index is in the shard that it names */
    void check(Map<String, SafetensorsTensor> tensors) throws CheckpointException {
        for (var entry : new TreeMap<>(shardOf).entrySet()) {
            SafetensorsTensor tensor = tensors.get(entry.getKey());
            if (tensor == null || !tensor.file().equals(entry.getValue())) {
                throw malformed("weight_map, %s: expected the tensor in %s, found it in %s"
                        .formatted(entry.getKey(), entry.getValue(), tensor == null ? "no shard" : tensor.file()));
            }
        }
    }

    private static CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, FILE, message);
    }
}
