package dev.forebear.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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

    private final Storage storage;
    private final WeightFiles files;
    private final Once<List<Tensor>> weights = new Once<>(this::readWeights);
    private final Once<ModelConfig> config = new Once<>(this::readConfig);
    private final Once<Tokenizer> tokenizer = new Once<>(this::readTokenizer);
    private final Once<Declarations> declarations = new Once<>(this::readDeclarations);
    private final Once<Transformer> transformer = new Once<>(this::assignRoles);

    private Checkpoint(Storage storage, WeightFiles files) {
        this.storage = storage;
        this.files = files;
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
            return new Checkpoint(storage, WeightFormats.open(new PlannedStorage(storage)));
        } catch (IOException | RuntimeException failure) {
            storage.close();
            throw failure;
        }
    }

    /** Where this is, as the operator would write it. */
    public String location() {
        return storage.location();
    }

    /** Tensors of all shards as they are stored, sorted by name. */
    public List<Tensor> tensors() {
        return files.tensors();
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
     * What config.json says, or a weight file that holds all that describes its model.
     *
     * @throws CheckpointException MISSING without config.json, MALFORMED when it is none
     */
    public ModelConfig config() throws IOException {
        return config.get();
    }

    private ModelConfig readConfig() throws IOException {
        GgufModel whole = files.whole();
        return whole != null ? ModelConfig.of(whole.config()) : ModelConfig.read(storage);
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
        return listed == null ? Tokenizer.read(storage) : listed.tokenizer();
    }

    /** What the checkpoint says about its own ancestry; never throws for a hostile or malformed card. */
    public Declarations declarations() throws IOException {
        return declarations.get();
    }

    private Declarations readDeclarations() throws IOException {
        return DeclarationsReader.read(storage, files::whole);
    }

    /** What README.md, or the weight file itself, declares; null without either or when it cannot be read safely. */
    public @Nullable ModelCard card() throws IOException {
        return declarations().card();
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
        return Roles.assign(storage.location(), config(), weights());
    }

    /** Bytes and requests spent so far. */
    public ReadTotals totals() {
        return storage.totals();
    }

    @Override
    public void close() {
        storage.close();
    }
}
