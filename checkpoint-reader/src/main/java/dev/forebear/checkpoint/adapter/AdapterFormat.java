package dev.forebear.checkpoint.adapter;

import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.pytorch.PyTorchFormat;
import dev.forebear.checkpoint.safetensors.SafetensorsFormat;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.List;

/** The files of a PEFT adapter: {@code adapter_config.json} and {@code adapter_model.safetensors} or {@code .bin}. */
public final class AdapterFormat {

    private static final String SAFETENSORS = "adapter_model.safetensors";
    private static final String PICKLED = "adapter_model.bin";

    private AdapterFormat() {}

    /** Whether these files hold an adapter. */
    public static boolean isIn(List<StoredFile> files) {
        return files.stream()
                .anyMatch(file -> file.name().equals(SAFETENSORS) || file.name().equals(PICKLED));
    }

    /**
     * The adapter. Reads its configuration and what describes its tensors.
     *
     * @throws dev.forebear.checkpoint.CheckpointException MISSING without a configuration, UNSUPPORTED for adapters
     *     that are no LoRA, MALFORMED when a file lies
     */
    public static Adapter open(Storage storage, List<StoredFile> files) throws IOException {
        AdapterConfig config = AdapterConfig.read(storage);
        boolean safe = files.stream().anyMatch(file -> file.name().equals(SAFETENSORS));
        List<Tensor> tensors =
                safe ? SafetensorsFormat.tensors(storage, SAFETENSORS) : PyTorchFormat.tensors(storage, PICKLED);
        return Adapter.of(config, safe ? SAFETENSORS : PICKLED, tensors);
    }
}
