package dev.forebear.checkpoint.adapter;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.adapter.AdapterTensorName.Part;
import dev.forebear.checkpoint.view.KeptMatrix;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter holds for one module of the base, each part checked against the others and the base before anything
 * is read.
 *
 * @param file of the adapter
 * @param name of the module
 */
record AdaptedModule(AdapterConfig config, String file, String name, Map<Part, Tensor> parts) {

    /** Longest row; the longest published one has a tenth. */
    private static final long COLUMNS_LIMIT = 1 << 20;

    /** @throws CheckpointException MALFORMED when a part is missing or does not fit */
    Tensor on(Tensor base) throws CheckpointException {
        if (base.shape().size() != 2 || base.shape().getLast() > COLUMNS_LIMIT) {
            throw malformed("expected a matrix in the base of at most " + COLUMNS_LIMIT + " columns, found shape "
                    + base.shape());
        }
        boolean ofEmbedding = parts.containsKey(Part.EMBEDDING_A);
        Tensor reading = part(ofEmbedding ? Part.EMBEDDING_A : Part.A);
        Tensor writing = part(ofEmbedding ? Part.EMBEDDING_B : Part.B);
        boolean turned = ofEmbedding || config.transposed();
        long outputs = base.shape().get(turned ? 1 : 0);
        long inputs = base.shape().get(turned ? 0 : 1);
        long rank = rank(reading);
        requireShape(reading, List.of(rank, inputs));
        requireShape(writing, List.of(outputs, rank));
        var update = new LowRankUpdate(
                turned ? KeptMatrix.transposed(reading) : KeptMatrix.of(writing),
                turned ? KeptMatrix.transposed(writing) : KeptMatrix.of(reading),
                config.scale(name, (int) rank));
        return new AdaptedTensor(base, update, magnitudes(turned, outputs));
    }

    private long rank(Tensor reading) throws CheckpointException {
        long rank = reading.shape().size() == 2 ? reading.shape().getFirst() : 0;
        if (rank > Integer.MAX_VALUE || !config.ranks().contains((int) rank)) {
            throw malformed("expected a rank that " + AdapterConfig.FILE + " names, found shape " + reading.shape());
        }
        return rank;
    }

    private @Nullable Tensor magnitudes(boolean turned, long outputs) throws CheckpointException {
        Tensor magnitudes = parts.get(Part.MAGNITUDES);
        if (!config.magnitudes() && magnitudes == null) {
            return null;
        }
        if (turned) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    file,
                    "module " + name + ": expected DoRA of a matrix (out × in), found another");
        }
        Tensor present = part(Part.MAGNITUDES);
        if (present.elements() != outputs) {
            throw malformed("expected " + outputs + " lengths of rows, found shape " + present.shape());
        }
        return present;
    }

    private Tensor part(Part part) throws CheckpointException {
        Tensor tensor = parts.get(part);
        if (tensor == null) {
            throw malformed("expected a tensor " + part + " beside " + parts.keySet() + ", found none");
        }
        return tensor;
    }

    private void requireShape(Tensor tensor, List<Long> expected) throws CheckpointException {
        if (!tensor.shape().equals(expected)) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    file,
                    "tensor " + tensor.name() + ": expected shape " + expected + " to fit the base, found "
                            + tensor.shape());
        }
    }

    private CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, file, "module " + name + ": " + message);
    }
}
