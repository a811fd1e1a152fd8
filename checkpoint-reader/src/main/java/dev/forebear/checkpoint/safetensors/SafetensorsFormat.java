package dev.forebear.checkpoint.safetensors;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.ContiguousTensor;
import dev.forebear.checkpoint.shards.ShardIndex;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors files of a checkpoint: {@code model.safetensors}, else the shards of
 * {@code model.safetensors.index.json}, else every {@code *.safetensors} at the top that is not an adapter.
 */
public final class SafetensorsFormat {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String SUFFIX = ".safetensors";

    private SafetensorsFormat() {}

    /** Whether these files hold weights in this format. */
    public static boolean isIn(List<StoredFile> files) {
        return files.stream().anyMatch(file -> file.name().equals(INDEX) || isWeights(file.name()));
    }

    /**
     * Tensors of all files, sorted by name. Reads headers only.
     *
     * @param files what {@link Storage#list} answered
     * @throws CheckpointException MISSING when a shard of the index is, MALFORMED when a file or the index lies
     */
    public static List<Tensor> tensors(Storage storage, List<StoredFile> files) throws IOException {
        List<String> names = files.stream().map(StoredFile::name).toList();
        if (names.contains(SINGLE)) {
            return List.copyOf(merged(storage, List.of(SINGLE)).values());
        }
        if (names.contains(INDEX)) {
            return sharded(storage, files);
        }
        return List.copyOf(merged(
                        storage,
                        names.stream().filter(SafetensorsFormat::isWeights).toList())
                .values());
    }

    /** Tensors of one file, sorted by name. Reads its header only. */
    public static List<Tensor> tensors(Storage storage, String file) throws IOException {
        return List.copyOf(merged(storage, List.of(file)).values());
    }

    private static boolean isWeights(String name) {
        return name.endsWith(SUFFIX) && name.indexOf('/') < 0 && !name.startsWith("adapter_model");
    }

    private static List<Tensor> sharded(Storage storage, List<StoredFile> files) throws IOException {
        ShardIndex index = ShardIndex.read(storage, INDEX, SUFFIX);
        Map<String, ContiguousTensor> tensors = merged(storage, index.shards(files));
        var foundIn = new HashMap<String, String>();
        tensors.forEach((name, tensor) -> foundIn.put(name, tensor.file()));
        index.check(foundIn);
        return List.copyOf(tensors.values());
    }

    private static Map<String, ContiguousTensor> merged(Storage storage, Collection<String> shards) throws IOException {
        var tensors = new TreeMap<String, ContiguousTensor>();
        for (String shard : shards) {
            ByteSource source = storage.open(shard);
            SafetensorsHeader header = SafetensorsHeader.read(source);
            for (TensorEntry entry : header.entries()) {
                ContiguousTensor tensor = entry.tensor(source, header.dataStart());
                ContiguousTensor other = tensors.putIfAbsent(entry.name(), tensor);
                if (other != null) {
                    throw new CheckpointException(
                            Reason.MALFORMED,
                            shard,
                            "tensor " + entry.name() + ": expected in one shard, found in " + other.file() + " too");
                }
            }
        }
        return tensors;
    }
}
