package dev.forebear.checkpoint.declaration;

import org.jspecify.annotations.Nullable;

/**
 * A base that a checkpoint declares.
 *
 * @param name as written, never a path of the machine that it was written on
 * @param relation what is said to have been done: adapter, merge, quantized, finetune; null when not said
 * @param digest of the base where the declaration pins one, as {@code sha256:<hex>}; null where it does not
 */
public record Declaration(
        String name,
        @Nullable String relation,
        Source source,
        Strength strength,
        @Nullable String digest) {

    public Declaration {
        if (!ModelNames.isName(name) || ModelNames.isLocalPath(name)) {
            throw new IllegalArgumentException("expected the name of a model, found '" + name + "'");
        }
    }

    /** A base that is written as one. */
    public static Declaration stated(Source source, String name, @Nullable String relation) {
        return new Declaration(name, relation, source, Strength.STATED, null);
    }
}
