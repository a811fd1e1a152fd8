package dev.forebear.checkpoint.storage;

import java.util.List;

/** Names that files of weights end with. */
final class WeightsNames {

    private static final List<String> SUFFIXES =
            List.of(".safetensors", ".bin", ".pt", ".pth", ".gguf", ".npz", ".onnx");

    private WeightsNames() {}

    static boolean isWeights(String path) {
        return SUFFIXES.stream().anyMatch(path::endsWith);
    }
}
