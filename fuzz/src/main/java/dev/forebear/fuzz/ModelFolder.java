package dev.forebear.fuzz;

import java.util.Arrays;
import java.util.List;

/**
 * Several files of a model in one input.
 *
 * <pre>
 *   name u8 (index in NAMES, modulo), length u16 little-endian (at most what is left), bytes; and again until the end
 * </pre>
 */
final class ModelFolder {

    /** New names go to the end, or the inputs in the corpus become others. */
    static final List<String> NAMES = List.of(
            "config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "README.md",
            "adapter_config.json",
            "model.safetensors",
            "model.safetensors.index.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "pytorch_model.bin",
            "pytorch_model.bin.index.json",
            "pytorch_model-00001-of-00002.bin",
            "pytorch_model-00002-of-00002.bin",
            "model.gguf",
            "model-00001-of-00002.gguf",
            "model-00002-of-00002.gguf",
            "model.onnx",
            "external.data",
            "weights.npz",
            "weights.npy",
            "adapter_model.safetensors",
            "adapter_model.bin");

    private static final int HEADER = 3;

    private ModelFolder() {}

    static MemoryFiles of(byte[] input) {
        var files = new MemoryFiles();
        int at = 0;
        while (input.length - at >= HEADER) {
            int name = Byte.toUnsignedInt(input[at]) % NAMES.size();
            int length = Byte.toUnsignedInt(input[at + 1]) | Byte.toUnsignedInt(input[at + 2]) << 8;
            int end = Math.min(input.length, at + HEADER + length);
            files.with(NAMES.get(name), Arrays.copyOfRange(input, at + HEADER, end));
            at = end;
        }
        return files;
    }
}
