package dev.forebear.checkpoint;

import dev.forebear.checkpoint.naming.Roles;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One published set of weights. Opening reads the headers of its weight files and nothing else; configuration,
 * vocabulary and card are read when they are first asked for. Owns its storage. Safe for use by several threads.
 */
public final class Checkpoint implements AutoCloseable {

    private final Storage storage;
    private final List<Tensor> tensors;
    private @Nullable ModelConfig config;
    private @Nullable Tokenizer tokenizer;
    private @Nullable Declarations declarations;
    private @Nullable Transformer transformer;

    private Checkpoint(Storage storage, List<Tensor> tensors) {
        this.storage = storage;
        this.tensors = tensors;
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
            return new Checkpoint(storage, WeightFormats.tensors(storage));
        } catch (IOException | RuntimeException failure) {
            storage.close();
            throw failure;
        }
    }

    /** Where this is, as the operator would write it. */
    public String location() {
        return storage.location();
    }

    /** Tensors of all shards, sorted by name. */
    public List<Tensor> tensors() {
        return tensors;
    }

    /** @throws CheckpointException MISSING without config.json, MALFORMED when it is none */
    public synchronized ModelConfig config() throws IOException {
        if (config == null) {
            config = ModelConfig.read(storage);
        }
        return config;
    }

    /**
     * Null when the checkpoint has no tokenizer.json. A vocabulary is not needed to read weights: a caller may go on
     * without one where this throws.
     *
     * @throws CheckpointException MALFORMED or UNSUPPORTED when tokenizer.json cannot be read
     */
    public synchronized @Nullable Tokenizer tokenizer() throws IOException {
        if (tokenizer == null) {
            tokenizer = Tokenizer.read(storage);
        }
        return tokenizer;
    }

    /** What the checkpoint says about its own ancestry; never throws for a hostile or malformed card. */
    public synchronized Declarations declarations() throws IOException {
        if (declarations == null) {
            declarations = Declarations.read(storage);
        }
        return declarations;
    }

    /** Front matter of README.md; null without one or when it cannot be read safely. */
    public @Nullable ModelCard card() throws IOException {
        return declarations().card();
    }

    /**
     * The roles of the tensors.
     *
     * @throws CheckpointException UNSUPPORTED when the names are not recognised or the weights are quantised, MALFORMED
     *     when a shape does not fit the configuration
     */
    public synchronized Transformer transformer() throws IOException {
        if (transformer == null) {
            transformer = Roles.assign(storage.location(), config(), tensors);
        }
        return transformer;
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
