package dev.forebear.ingest.announcement;

import org.jspecify.annotations.Nullable;

/**
 * A base that the registry itself declares, as opposed to the files of the model.
 *
 * @param name as written, not resolved
 * @param relation adapter, merge, quantized or finetune; null when not said
 * @param source {@code registry-tag} or {@code webhook}
 */
public record Declared(String name, @Nullable String relation, String source) {}
