package dev.forebear.checkpoint.storage;

import java.util.List;

/** Names that files of weights end with. */
public final class WeightsNames {

    private static final List<String> SUFFIXES =
            List.of(".safetensors", ".bin", ".pt", ".pth", ".gguf", ".npz", ".onnx");

    private WeightsNames() {}

    public static boolean isWeights(String path) {
        return SUFFIXES.stream().anyMatch(path::endsWith);
    }
}
