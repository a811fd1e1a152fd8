package dev.forebear.checkpoint.adapter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a tensor in an adapter says: which module of the base it is for, and as what.
 *
 * @param module name of the module in the base; of a whole tensor the name of the tensor
 */
record AdapterTensorName(String module, Part part) {

    enum Part {
        /** The narrow matrix that reads, (rank × in). */
        A,
        /** The narrow matrix that writes, (out × rank). */
        B,
        /** Of an embedding (rank × vocabulary). */
        EMBEDDING_A,
        /** Of an embedding (d × rank). */
        EMBEDDING_B,
        /** Lengths of rows (DoRA). */
        MAGNITUDES,
        /** Takes the place of a tensor of the base. */
        WHOLE
    }

    private static final String WRAPPER = "base_model.model.";

    /** Between module and ending some versions write the name that the adapter had in training. */
    private static final Pattern LOW_RANK =
            Pattern.compile("(.{1,500}?)\\.lora_(A|B|embedding_A|embedding_B|magnitude_vector)"
                    + "(?:\\.[A-Za-z0-9_-]{1,64})?(?:\\.weight)?");

    private static final Pattern SAVED =
            Pattern.compile("\\.modules_to_save(\\.[A-Za-z0-9_-]{1,64})?(?=\\.(weight|bias)$)");

    /** Null for what belongs to no LoRA. */
    static @Nullable AdapterTensorName of(String name) {
        String inner = name.startsWith(WRAPPER) ? name.substring(WRAPPER.length()) : name;
        Matcher lowRank = LOW_RANK.matcher(inner);
        if (lowRank.matches() && !inner.endsWith(".bias")) {
            String module = lowRank.group(1).replace(".base_layer", "");
            return new AdapterTensorName(module, part(lowRank.group(2)));
        }
        boolean whole = inner.endsWith(".weight") || inner.endsWith(".bias");
        return whole && !inner.contains(".lora_")
                ? new AdapterTensorName(SAVED.matcher(inner).replaceFirst("").replace(".base_layer.", "."), Part.WHOLE)
                : null;
    }

    private static Part part(String written) {
        return switch (written) {
            case "A" -> Part.A;
            case "B" -> Part.B;
            case "embedding_A" -> Part.EMBEDDING_A;
            case "embedding_B" -> Part.EMBEDDING_B;
            default -> Part.MAGNITUDES;
        };
    }
}
