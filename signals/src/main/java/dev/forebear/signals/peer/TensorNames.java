package dev.forebear.signals.peer;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the peer reads from the name of a tensor. It goes by substrings, whatever role the tensor plays. */
final class TensorNames {

    private static final Pattern LAYER = Pattern.compile("(?:layers?|h|block)\\.\\s*(\\d{1,4})\\.");

    private static final List<String> NORM = List.of("layernorm", "rmsnorm", "ln_", "norm", "post_attention");

    private static final List<String> PROJECTION = List.of(
            "q_proj",
            "query",
            "k_proj",
            "key",
            "v_proj",
            "value",
            "o_proj",
            "dense",
            "out_proj",
            "gate",
            "up_proj",
            "fc1",
            "wi_0",
            "down_proj",
            "fc2",
            "wi_1",
            "wo");

    private TensorNames() {}

    /** Index of the block that the tensor belongs to, 0 to 9999; empty outside the blocks. */
    static OptionalInt layer(String name) {
        Matcher matcher = LAYER.matcher(name);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** Whether the name is that of a normalisation. */
    static boolean isNorm(String name) {
        return containsAny(name, NORM);
    }

    /** Whether the name is that of an attention or MLP projection. */
    static boolean isProjection(String name) {
        return containsAny(name, PROJECTION);
    }

    private static boolean containsAny(String name, List<String> words) {
        String lower = name.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(lower::contains);
    }
}
