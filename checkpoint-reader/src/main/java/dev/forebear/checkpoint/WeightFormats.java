package dev.forebear.checkpoint;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.adapter.AdapterFormat;
import dev.forebear.checkpoint.gguf.GgufFormat;
import dev.forebear.checkpoint.gguf.GgufModel;
import dev.forebear.checkpoint.numpy.NumpyFormat;
import dev.forebear.checkpoint.onnx.OnnxFormat;
import dev.forebear.checkpoint.pytorch.PyTorchFormat;
import dev.forebear.checkpoint.safetensors.SafetensorsFormat;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The formats that weights come in: one class for each that is read, a name for each that is not. */
final class WeightFormats {

    private static final Map<String, Predicate<String>> NOT_READ = notRead();

    private WeightFormats() {}

    /**
     * @throws CheckpointException UNSUPPORTED when the only weights are of a format that is not read, MISSING without
     *     weights
     */
    static WeightFiles open(Storage storage) throws IOException {
        List<StoredFile> files = storage.list();
        if (SafetensorsFormat.isIn(files)) {
            return WeightFiles.of(SafetensorsFormat.tensors(storage, files));
        }
        if (PyTorchFormat.isIn(files)) {
            return WeightFiles.of(PyTorchFormat.tensors(storage, files));
        }
        if (GgufFormat.isIn(files)) {
            return WeightFiles.of(GgufFormat.open(storage, files));
        }
        if (AdapterFormat.isIn(files)) {
            return WeightFiles.of(AdapterFormat.open(storage, files));
        }
        for (StoredFile file : files) {
            for (var format : NOT_READ.entrySet()) {
                if (format.getValue().test(file.name())) {
                    throw new CheckpointException(
                            Reason.UNSUPPORTED,
                            file.name(),
                            "expected weights in a format that is read, found " + format.getKey());
                }
            }
        }
        if (OnnxFormat.isIn(files)) {
            return WeightFiles.of(OnnxFormat.tensors(storage, files));
        }
        if (NumpyFormat.isIn(files)) {
            return WeightFiles.of(NumpyFormat.tensors(storage, files));
        }
        throw new CheckpointException(
                Reason.MISSING, storage.location(), "expected weights in a format that is read, found none");
    }

    /** The model that the only weights hold with all that describes it; null where descriptions are other files. */
    static @Nullable GgufModel whole(Storage storage) throws IOException {
        List<StoredFile> files = storage.list();
        boolean other = SafetensorsFormat.isIn(files) || PyTorchFormat.isIn(files);
        return !other && GgufFormat.isIn(files) ? GgufFormat.open(storage, files) : null;
    }

    private static Map<String, Predicate<String>> notRead() {
        var formats = new LinkedHashMap<String, Predicate<String>>();
        formats.put("an adapter in several files", matching("adapter_model[^/]+\\.(safetensors|bin)"));
        formats.put("TensorFlow weights", matching(".*\\.(h5|ckpt\\.index|keras)"));
        formats.put("Flax weights", matching(".*\\.msgpack"));
        formats.put("an ONNX model in another folder", matching(".*/.*\\.onnx"));
        return formats;
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }
}
