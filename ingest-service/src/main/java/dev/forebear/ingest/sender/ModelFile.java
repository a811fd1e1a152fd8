package dev.forebear.ingest.sender;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files of a store matter to a model: its weights, their index, its configuration, its card. */
final class ModelFile {

    private static final Pattern WEIGHTS =
            Pattern.compile(".*\\.(safetensors|gguf|bin|pt|pth|onnx|npz)(\\.index\\.json)?");

    private static final Set<String> OTHERS = Set.of(
            "config.json",
            "adapter_config.json",
            "mergekit_config.yml",
            "generation_config.json",
            "tokenizer.json",
            "tokenizer.model",
            "tokenizer_config.json",
            "readme.md",
            "modelfile",
            "mlmodel");

    private ModelFile() {}

    /** Whether a path or key names one. */
    static boolean isOne(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return WEIGHTS.matcher(name).matches() || OTHERS.contains(name);
    }
}
