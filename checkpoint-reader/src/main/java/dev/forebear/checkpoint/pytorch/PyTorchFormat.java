package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.shards.ShardIndex;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The PyTorch files of a checkpoint: {@code pytorch_model.bin}, else the shards of
 * {@code pytorch_model.bin.index.json}, else the shards that their names number, else the only {@code *.bin},
 * {@code *.pt} or {@code *.pth} at the top that is not the state of a trainer.
 */
public final class PyTorchFormat {

    private static final String SINGLE = "pytorch_model.bin";
    private static final String INDEX = "pytorch_model.bin.index.json";
    private static final Pattern SHARD = Pattern.compile("pytorch_model-\\d+-of-\\d+\\.bin");
    private static final Pattern WEIGHTS = Pattern.compile("[^/]+\\.(bin|pt|pth)");
    private static final Pattern OTHERS =
            Pattern.compile("(adapter_model|training_args|optimizer|scheduler|scaler|rng_state)[^/]*");

    private PyTorchFormat() {}

    /** Whether these files hold weights in this format. */
    public static boolean isIn(List<StoredFile> files) {
        return files.stream().anyMatch(file -> file.name().equals(INDEX) || isWeights(file.name()));
    }

    private static boolean isWeights(String name) {
        return WEIGHTS.matcher(name).matches() && !OTHERS.matcher(name).matches();
    }

    /**
     * Tensors of all files, sorted by name. Reads what describes them only.
     *
     * @param files what {@link Storage#list} answered
     * @throws CheckpointException MISSING when a shard of the index is, MALFORMED when a file or the index lies, UNSAFE
     *     when a file would run code, UNSUPPORTED when it is not clear which of several files is the model, or it is of
     *     another kind, REFUSED when it is absurdly large
     */
    public static List<Tensor> tensors(Storage storage, List<StoredFile> files) throws IOException {
        List<String> names = files.stream().map(StoredFile::name).toList();
        if (names.contains(SINGLE)) {
            return tensors(merged(storage, List.of(SINGLE)));
        }
        if (names.contains(INDEX)) {
            return indexed(storage, files);
        }
        List<String> weights = names.stream().filter(PyTorchFormat::isWeights).toList();
        List<String> shards = weights.stream().filter(SHARD.asMatchPredicate()).toList();
        if (shards.isEmpty() && weights.size() > 1) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    storage.location(),
                    "expected one file of weights, found " + weights.size() + ", among them " + weights.get(0) + " and "
                            + weights.get(1));
        }
        return tensors(merged(storage, shards.isEmpty() ? weights : shards));
    }

    /** Tensors of one file, sorted by name. Reads what describes them only. */
    public static List<Tensor> tensors(Storage storage, String file) throws IOException {
        return tensors(merged(storage, List.of(file)));
    }

    private static List<Tensor> indexed(Storage storage, List<StoredFile> files) throws IOException {
        ShardIndex index = ShardIndex.read(storage, INDEX, ".bin");
        Map<String, Found> tensors = merged(storage, index.shards(files));
        var foundIn = new HashMap<String, String>();
        tensors.forEach((name, found) -> foundIn.put(name, found.shard()));
        index.check(foundIn);
        return tensors(tensors);
    }

    private record Found(String shard, Tensor tensor) {}

    private static Map<String, Found> merged(Storage storage, Collection<String> shards) throws IOException {
        var tensors = new TreeMap<String, Found>();
        for (String shard : shards) {
            for (Tensor tensor : TorchFile.tensors(storage.open(shard))) {
                Found other = tensors.putIfAbsent(tensor.name(), new Found(shard, tensor));
                if (other != null) {
                    throw new CheckpointException(
                            Reason.MALFORMED,
                            shard,
                            "tensor " + tensor.name() + ": expected in one shard, found in " + other.shard() + " too");
                }
            }
        }
        return tensors;
    }

    private static List<Tensor> tensors(Map<String, Found> tensors) {
        return tensors.values().stream().map(Found::tensor).toList();
    }
}
