package dev.forebear.checkpoint.onnx;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.onnx.WireInput.Field;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ONNX model of a checkpoint: {@code model.onnx}, else the only {@code *.onnx} at the top. Its weights are the
 * initialisers of the graph; those of graphs inside the graph are not looked for, and text is passed over.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto, where the fields are numbered</a>
 */
public final class OnnxFormat {

    private static final String SINGLE = "model.onnx";
    private static final String SUFFIX = ".onnx";
    private static final int GRAPH = 7;
    private static final int INITIALISER = 5;
    private static final int SPARSE_INITIALISER = 15;
    private static final int TENSORS_LIMIT = 500_000;

    /** Initialisers may share bytes of a file beside the model, but not so many that it becomes a much larger model. */
    private static final int SHARING_LIMIT = 16;

    private final Storage storage;
    private final WireInput input;
    private final OnnxWeights weights;
    private final SortedMap<String, Tensor> tensors = new TreeMap<>();

    private OnnxFormat(Storage storage, ByteSource model) {
        this.storage = storage;
        this.input = new WireInput(model);
        this.weights = new OnnxWeights(storage, model);
    }

    /** Whether these files hold weights in this format. */
    public static boolean isIn(List<StoredFile> files) {
        return !models(files).isEmpty();
    }

    private static List<String> models(List<StoredFile> files) {
        return files.stream()
                .map(StoredFile::name)
                .filter(name -> name.endsWith(SUFFIX) && name.indexOf('/') < 0)
                .toList();
    }

    /**
     * Tensors sorted by name. Reads what describes them, and the graph's own fields.
     *
     * @param files what {@link Storage#list} answered
     * @throws CheckpointException MALFORMED when the file lies, MISSING when a file of external data is, UNSUPPORTED
     *     when it is not clear which of several models is meant or a dtype is not read, REFUSED when it is absurdly
     *     large
     */
    public static List<Tensor> tensors(Storage storage, List<StoredFile> files) throws IOException {
        List<String> models = models(files);
        if (models.size() > 1 && !models.contains(SINGLE)) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    storage.location(),
                    "expected one ONNX model, found " + models.size() + ", among them " + models.get(0) + " and "
                            + models.get(1));
        }
        ByteSource model = storage.open(models.contains(SINGLE) ? SINGLE : models.getFirst());
        return new OnnxFormat(storage, model).tensors(model);
    }

    private List<Tensor> tensors(ByteSource model) throws IOException {
        while (input.position() < model.size()) {
            Field field = input.field(model.size());
            if (field.number() == GRAPH) {
                graph(input.enter(field, model.size()));
            } else {
                input.skip(field, model.size());
            }
        }
        if (tensors.isEmpty()) {
            throw new CheckpointException(
                    Reason.MALFORMED, model.name(), "expected a graph with initialisers, found none");
        }
        checkSharing(model);
        return List.copyOf(tensors.values());
    }

    private void graph(long end) throws IOException {
        while (input.position() < end) {
            Field field = input.field(end);
            switch (field.number()) {
                case INITIALISER -> add(new OnnxTensorParser(input, input.enter(field, end)).parse());
                case SPARSE_INITIALISER ->
                    throw new CheckpointException(
                            Reason.UNSUPPORTED, input.file(), "expected plain tensors, found a sparse one");
                default -> input.skip(field, end);
            }
        }
    }

    private void add(OnnxTensor said) throws IOException {
        if (said.isText()) {
            return;
        }
        if (tensors.size() == TENSORS_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED, input.file(), "expected at most " + TENSORS_LIMIT + " tensors, found more");
        }
        if (said.name().isEmpty() || tensors.put(said.name(), weights.tensor(said)) != null) {
            throw input.malformed("initialisers of different names", "'" + said.name() + "' twice or no name");
        }
    }

    private void checkSharing(ByteSource model) throws IOException {
        double stored = storage.list().stream().mapToDouble(StoredFile::size).sum();
        double used = tensors.values().stream().mapToDouble(Tensor::bytes).sum();
        if (used > SHARING_LIMIT * stored) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    model.name(),
                    "expected tensors of at most %d times the %.0f bytes of all files, found %.0f"
                            .formatted(SHARING_LIMIT, stored, used));
        }
    }
}
