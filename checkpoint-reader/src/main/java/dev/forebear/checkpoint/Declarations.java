package dev.forebear.checkpoint;

import dev.forebear.checkpoint.declaration.Declaration;
import dev.forebear.checkpoint.declaration.DeclarationFiles;
import dev.forebear.checkpoint.declaration.Declared;
import dev.forebear.checkpoint.declaration.Strength;
import dev.forebear.checkpoint.gguf.GgufModel;
import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint declares about its ancestry, readable also when its weights are not.
 *
 * @param bases models that it declares to be made from, from all files; never paths of a machine
 * @param licence identifier as written; null when not said
 * @param findings what was wrong with the files, one line each
 */
public record Declarations(
        List<Declaration> bases, @Nullable String licence, List<String> findings) {

    /** Of a checkpoint that says nothing. */
    public static final Declarations NONE = new Declarations(List.of(), null, List.of());

    public Declarations {
        bases = List.copyOf(bases);
        findings = List.copyOf(findings);
    }

    /** @throws IOException if the storage could not be reached; what the files hold never makes this fail */
    public static Declarations read(Storage storage) throws IOException {
        return read(storage, () -> WeightFormats.whole(storage));
    }

    /** The same without what a weight file says of itself: no byte of weights is read. */
    public static Declarations besideWeights(Storage storage) throws IOException {
        return read(storage, () -> null);
    }

    /** @param weights reads the model in its weight file, where that describes itself; null where other files do */
    static Declarations read(Storage storage, Weights weights) throws IOException {
        var declared = new Declared();
        DeclarationFiles.read(storage, declared);
        declared.orFinding(() -> {
            GgufModel whole = weights.read();
            if (whole != null) {
                whole.declare(declared);
            }
        });
        return new Declarations(declared.bases(), declared.licence(), declared.findings());
    }

    /** A model in its weight file. */
    interface Weights {
        @Nullable
        GgufModel read() throws IOException;
    }

    /** Names of the bases that are written as such, each once; what tools left behind is none. */
    public List<String> statedNames() {
        return bases.stream()
                .filter(base -> base.strength() == Strength.STATED)
                .map(Declaration::name)
                .distinct()
                .toList();
    }
}
