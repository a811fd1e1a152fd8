package dev.forebear.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.adapter.Adapter;
import dev.forebear.checkpoint.gguf.GgufModel;
import dev.forebear.checkpoint.naming.Roles;
import dev.forebear.checkpoint.plan.PlannedStorage;
import dev.forebear.checkpoint.quantised.PackedWeights;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.tokenizer.ListedVocabulary;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One published set of weights. Opening reads the headers of its weight files and nothing else; configuration,
 * vocabulary and card are read when they are first asked for. Owns its storage. Safe for use by several threads.
 */
public final class Checkpoint implements AutoCloseable {

    private static final String ADAPTER_CONFIG = "adapter_config.json";

    private final Storage storage;
    private final WeightFiles files;
    private final @Nullable Checkpoint base;
    private final Once<List<Tensor>> weights = new Once<>(this::readWeights);
    private final Once<ModelConfig> config = new Once<>(this::readConfig);
    private final Once<Tokenizer> tokenizer = new Once<>(this::readTokenizer);
    private final Once<Declarations> declarations = new Once<>(this::readDeclarations);
    private final Once<Transformer> transformer = new Once<>(this::assignRoles);

    private Checkpoint(Storage storage, WeightFiles files, @Nullable Checkpoint base) {
        this.storage = storage;
        this.files = files;
        this.base = base;
    }

    /**
     * Opens the checkpoint in a storage, which it closes with itself, also when opening fails.
     *
     * @throws CheckpointException MISSING without weights or with a shard missing, MALFORMED when a file lies about
     *     itself, UNSUPPORTED when the weights are of a format that is not read
     * @throws IOException if the storage could not be reached
     */
    public static Checkpoint open(Storage storage) throws IOException {
        try {
            return new Checkpoint(storage, WeightFormats.open(new PlannedStorage(storage)), null);
        } catch (IOException | RuntimeException failure) {
            storage.close();
            throw failure;
        }
    }

    /**
     * Opens an adapter together with the model that it is put on: the weights are those that the two compute with, the
     * rest is the base's where the adapter has none of its own. Closes both storages with itself, also when opening
     * fails.
     *
     * @throws CheckpointException UNSUPPORTED when the first is no adapter or the second one, MALFORMED when the two do
     *     not fit, and as {@link #open(Storage)}
     * @throws IOException if a storage could not be reached
     */
    public static Checkpoint open(Storage adapter, Storage base) throws IOException {
        Checkpoint below = null;
        try {
            WeightFiles files = WeightFormats.open(new PlannedStorage(adapter));
            below = open(base);
            var together = new Checkpoint(adapter, files, below);
            together.requireAdapterOnModel(files, below);
            together.weights();
            return together;
        } catch (IOException | RuntimeException failure) {
            if (below != null) {
                below.close();
            } else {
                base.close();
            }
            adapter.close();
            throw failure;
        }
    }

    private void requireAdapterOnModel(WeightFiles here, Checkpoint below) throws CheckpointException {
        if (here.adapter() == null) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    location(),
                    "expected an adapter to put on " + below.location() + ", found a model");
        }
        if (below.files.adapter() != null) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, below.location(), "expected a model to put an adapter on, found an adapter");
        }
    }

    /** Whether only an adapter is here, without the base that makes it a model. */
    public boolean isAdapterAlone() {
        return files.adapter() != null && base == null;
    }

    /** What kind of adapter this is, or is put on a base here, for people; null for a model of its own. */
    public @Nullable String adapter() {
        return files.adapter() == null ? null : files.adapter().description();
    }

    /**
     * What an adapter says about where its base is: a name, or a path on the machine that it was trained on; null when
     * it does not say, and for a model of its own.
     */
    public @Nullable String declaredAdapterBase() {
        return files.adapter() == null ? null : files.adapter().declaredBase();
    }

    /** Where the base lies that the adapter is put on; null without one. */
    public @Nullable String adapterBase() {
        return base == null ? null : base.location();
    }

    /** Where this is, as the operator would write it. */
    public String location() {
        return storage.location();
    }

    /**
     * Tensors of all shards as they are stored, sorted by name; of an adapter on its base the weights, since no file
     * holds them.
     */
    public List<Tensor> tensors() throws IOException {
        return base == null ? files.tensors() : weights();
    }

    /**
     * The weights that the stored tensors stand for, sorted by name: the tensors themselves where they hold plain
     * values, and each weight that quantisation packed into several tensors as one, read as the values that the model
     * computes with; of a converted file under the names that they had before. Tensors of a layout that is not read are
     * there as they are stored.
     *
     * @throws CheckpointException MALFORMED when packed parts do not fit together
     */
    public List<Tensor> weights() throws IOException {
        return weights.get();
    }

    private List<Tensor> readWeights() throws IOException {
        Adapter adapter = files.adapter();
        if (adapter != null) {
            return base == null ? files.tensors() : adapter.on(base.weights());
        }
        GgufModel whole = files.whole();
        return whole != null ? whole.weights() : PackedWeights.unpacked(files.tensors(), quantisationSettings());
    }

    /** How most of the packed weights are packed; null when none is. */
    public @Nullable Quantisation quantisation() throws IOException {
        Map<Quantisation, Long> values = new HashMap<>();
        for (Tensor weight : weights()) {
            if (weight.quantisation() != null) {
                values.merge(weight.quantisation(), weight.elements(), Long::sum);
            }
        }
        return values.entrySet().stream()
                .max(Map.Entry.<Quantisation, Long>comparingByValue()
                        .thenComparing(entry -> entry.getKey().toString()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Weights can be told without a configuration, but for what they leave to it. */
    private JsonNode quantisationSettings() throws IOException {
        try {
            return config().quantisationSettings();
        } catch (CheckpointException unreadable) {
            return MissingNode.getInstance();
        }
    }

    /**
     * What config.json says, or a weight file that holds all that describes its model; of an adapter alone its own
     * configuration, which has no sizes.
     *
     * @throws CheckpointException MISSING without config.json, MALFORMED when it is none
     */
    public ModelConfig config() throws IOException {
        return config.get();
    }

    private ModelConfig readConfig() throws IOException {
        if (base != null) {
            return base.config();
        }
        GgufModel whole = files.whole();
        if (whole != null) {
            return ModelConfig.of(whole.config());
        }
        return ModelConfig.read(storage, files.adapter() == null ? ModelConfig.FILE : ADAPTER_CONFIG);
    }

    /**
     * Null when the checkpoint has no tokenizer.json, and no weight file that holds a vocabulary. A vocabulary is not
     * needed to read weights: a caller may go on without one where this throws.
     *
     * @throws CheckpointException MALFORMED or UNSUPPORTED when the vocabulary cannot be read
     */
    public @Nullable Tokenizer tokenizer() throws IOException {
        return tokenizer.orNull();
    }

    private @Nullable Tokenizer readTokenizer() throws IOException {
        GgufModel whole = files.whole();
        ListedVocabulary listed = whole == null ? null : whole.vocabulary();
        Tokenizer own = listed == null ? Tokenizer.read(storage) : listed.tokenizer();
        return own == null && base != null ? base.tokenizer() : own;
    }

    /** What the checkpoint says about its own ancestry; never throws for a hostile or malformed card. */
    public Declarations declarations() throws IOException {
        return declarations.get();
    }

    private Declarations readDeclarations() throws IOException {
        return Declarations.read(storage, files::whole);
    }

    /**
     * The roles of the tensors.
     *
     * @throws CheckpointException UNSUPPORTED when the names are not recognised or the weights are packed in a layout
     *     that is not read, MALFORMED when a shape does not fit the configuration
     */
    public Transformer transformer() throws IOException {
        return transformer.get();
    }

    private Transformer assignRoles() throws IOException {
        if (isAdapterAlone()) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    location(),
                    "expected a model, found an adapter whose base " + declaredAdapterBase() + " was not found: "
                            + adapter());
        }
        return Roles.assign(storage.location(), config(), weights());
    }

    /** Bytes and requests spent so far. */
    public ReadTotals totals() {
        return base == null ? storage.totals() : storage.totals().plus(base.totals());
    }

    @Override
    public void close() {
        storage.close();
        if (base != null) {
            base.close();
        }
    }
}
