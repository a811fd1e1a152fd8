package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One file of {@code torch.save}, in whichever of its layouts. */
final class TorchFile {

    private static final String ZIP = "PK\003\004";
    private static final int TAR_MAGIC = 257;

    /** Tensors may share their values, but not so many that a small file becomes a large model. */
    private static final int SHARING_LIMIT = 16;

    private final ByteSource source;

    private TorchFile(ByteSource source) {
        this.source = source;
    }

    /**
     * Tensors in the order of their names. Reads what describes them only.
     *
     * @throws CheckpointException MALFORMED when the file lies, UNSAFE when its pickle would run code, UNSUPPORTED when
     *     it is of another kind, REFUSED when it is absurdly large
     */
    static List<Tensor> tensors(ByteSource source) throws IOException {
        var file = new TorchFile(source);
        return file.tensors(file.content());
    }

    private TorchContent content() throws IOException {
        if (holds(0, ZIP)) {
            return TorchArchive.read(source);
        }
        if (holds(TAR_MAGIC, "ustar")) {
            return TorchTar.read(source);
        }
        return TorchStream.read(source);
    }

    private boolean holds(long offset, String magic) throws IOException {
        if (source.size() < offset + magic.length()) {
            return false;
        }
        var bytes = ByteBuffer.allocate(magic.length());
        source.read(offset, bytes);
        return new String(bytes.array(), StandardCharsets.ISO_8859_1).equals(magic);
    }

    private List<Tensor> tensors(TorchContent content) throws IOException {
        Map<String, TensorView> views = StateDict.tensors(source.name(), content);
        var storages = new HashMap<String, ByteSource>();
        var tensors = new ArrayList<Tensor>();
        double used = 0;
        for (Map.Entry<String, TensorView> entry : views.entrySet()) {
            TensorView view = entry.getValue();
            ByteSource bytes = content.storages().bytes(view.storage());
            storages.put(view.storage().key(), bytes);
            tensors.add(view.tensor(entry.getKey(), bytes));
            used += (double) view.elements() * view.dtype().bits() / Byte.SIZE;
        }
        double stored = storages.values().stream().mapToDouble(ByteSource::size).sum();
        if (used > SHARING_LIMIT * stored) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    source.name(),
                    "expected tensors of at most %d times the %.0f bytes that they share, found %.0f"
                            .formatted(SHARING_LIMIT, stored, used));
        }
        return tensors;
    }
}
