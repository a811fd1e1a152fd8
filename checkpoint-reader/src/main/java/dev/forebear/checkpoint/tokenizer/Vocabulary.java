package dev.forebear.checkpoint.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token ids of a model and what stands for text that has none.
 *
 * @param unknown id for unknown text; null where it is dropped
 * @param byteFallback whether unknown text is written as {@code <0xNN>} tokens
 * @param fuseUnknown whether unknown characters in a row are one token
 */
record Vocabulary(Map<String, Integer> ids, @Nullable Integer unknown, boolean byteFallback, boolean fuseUnknown) {

    static Vocabulary of(TokenizerFile file) {
        var options = file.options();
        Integer unknown = options.path("unk_id").isInt()
                ? Integer.valueOf(options.path("unk_id").intValue())
                : file.vocabulary().get(options.path("unk_token").asText());
        return new Vocabulary(
                file.vocabulary(),
                unknown,
                options.path("byte_fallback").asBoolean(),
                options.path("fuse_unk").asBoolean());
    }

    @Nullable
    Integer id(String token) {
        return ids.get(token);
    }

    /** Appends what stands for a text without a token of its own. */
    void appendUnknown(String text, boolean afterUnknown, List<Integer> into) {
        if (byteFallback) {
            List<Integer> bytes = byteTokens(text);
            if (!bytes.isEmpty()) {
                into.addAll(bytes);
                return;
            }
        }
        if (unknown != null && !(fuseUnknown && afterUnknown)) {
            into.add(unknown);
        }
    }

    /** Empty unless every byte has a token. */
    private List<Integer> byteTokens(String text) {
        var tokens = new ArrayList<Integer>();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            Integer id = ids.get("<0x%02X>".formatted(value));
            if (id == null) {
                return List.of();
            }
            tokens.add(id);
        }
        return tokens;
    }
}
