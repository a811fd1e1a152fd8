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
            return List.copyOf(merged(storage, List.of(SINGLE)).values());
        }
        if (names.contains(INDEX)) {
            return indexed(storage, files);
        }
        List<String> weights = names.stream().filter(PyTorchFormat::isWeights).toList();
        List<String> shards =
                weights.stream().filter(SHARD.asMatchPredicate()).toList();
        if (shards.isEmpty() && weights.size() > 1) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    storage.location(),
                    "expected one file of weights, found " + weights.size() + ", among them " + weights.get(0) + " and "
                            + weights.get(1));
        }
        return List.copyOf(
                merged(storage, shards.isEmpty() ? weights : shards).values());
    }

    private static List<Tensor> indexed(Storage storage, List<StoredFile> files) throws IOException {
        ShardIndex index = ShardIndex.read(storage, INDEX, ".bin");
        Map<String, TorchTensor> tensors = merged(storage, index.shards(files));
        var foundIn = new HashMap<String, String>();
        tensors.forEach((name, tensor) -> foundIn.put(name, tensor.file()));
        index.check(foundIn);
        return List.copyOf(tensors.values());
    }

    private static Map<String, TorchTensor> merged(Storage storage, Collection<String> shards) throws IOException {
        var tensors = new TreeMap<String, TorchTensor>();
        for (String shard : shards) {
            for (TorchTensor tensor : TorchFile.tensors(storage.open(shard))) {
                TorchTensor other = tensors.putIfAbsent(tensor.name(), tensor);
                if (other != null) {
                    throw new CheckpointException(
                            Reason.MALFORMED,
                            shard,
                            "tensor " + tensor.name() + ": expected in one shard, found in " + other.file() + " too");
                }
            }
        }
        return tensors;
    }
}
