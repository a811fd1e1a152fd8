package dev.forebear.checkpoint.shards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code model.safetensors.index.json} or {@code pytorch_model.bin.index.json}: which shard holds which tensor.
 *
 * @param file name of the index
 * @param shardOf shard of each tensor, by the tensor's name
 */
public record ShardIndex(String file, Map<String, String> shardOf) {

    private static final int FILE_LIMIT = 100_000_000;

    public ShardIndex {
        shardOf = Map.copyOf(shardOf);
    }

    /**
     * @param file name of the index
     * @param suffix how the names of shards end
     * @throws CheckpointException MALFORMED when it is no map of names, REFUSED when a shard leads out of the
     *     checkpoint
     */
    public static ShardIndex read(Storage storage, String file, String suffix) throws IOException {
        JsonNode weightMap =
                StoredJson.readUniqueKeys(storage, file, FILE_LIMIT).path("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw malformed(file, "weight_map: expected a map of tensors to shards, found " + weightMap.getNodeType());
        }
        var shardOf = new TreeMap<String, String>();
        for (var entry : weightMap.properties()) {
            if (!entry.getValue().isTextual()) {
                throw malformed(
                        file,
                        "weight_map, " + entry.getKey() + ": expected a file name, found "
                                + entry.getValue().getNodeType());
            }
            String shard = entry.getValue().textValue();
            FileNames.check(shard);
            if (!shard.endsWith(suffix)) {
                throw malformed(
                        file, "weight_map, " + entry.getKey() + ": expected a file *" + suffix + ", found " + shard);
            }
            shardOf.put(entry.getKey(), shard);
        }
        return new ShardIndex(file, shardOf);
    }

    /**
     * The shards in order.
     *
     * @param files what {@link Storage#list} answered
     * @throws CheckpointException MISSING when one of them is not there
     */
    public SortedSet<String> shards(List<StoredFile> files) throws CheckpointException {
        var shards = new TreeSet<>(shardOf.values());
        var missing = new TreeSet<>(shards);
        files.forEach(stored -> missing.remove(stored.name()));
        if (!missing.isEmpty()) {
            throw new CheckpointException(
                    Reason.MISSING, missing.getFirst(), "expected the shard that " + file + " names, found no file");
        }
        return shards;
    }

    /**
     * @param foundIn shard of each tensor that was read, by the tensor's name
     * @throws CheckpointException MALFORMED unless every tensor of the index is in the shard that it names
     */
    public void check(Map<String, String> foundIn) throws CheckpointException {
        for (var entry : new TreeMap<>(shardOf).entrySet()) {
            String found = foundIn.getOrDefault(entry.getKey(), "no shard");
            if (!found.equals(entry.getValue())) {
                throw malformed(
                        file,
                        "weight_map, %s: expected the tensor in %s, found it in %s"
                                .formatted(entry.getKey(), entry.getValue(), found));
            }
        }
    }

    private static CheckpointException malformed(String file, String message) {
        return new CheckpointException(Reason.MALFORMED, file, message);
    }
}
