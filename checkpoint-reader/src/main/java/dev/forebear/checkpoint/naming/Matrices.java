package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import dev.forebear.checkpoint.naming.Layout.Orientation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The projections of a backbone, each checked against the size that the configuration gives it. */
final class Matrices {

    private final String location;
    private final Backbone backbone;
    private final Orientation orientation;
    private final float gainOffset;

    Matrices(String location, Backbone backbone, Orientation orientation, float gainOffset) {
        this.location = location;
        this.backbone = backbone;
        this.orientation = orientation;
        this.gainOffset = gainOffset;
    }

    Backbone backbone() {
        return backbone;
    }

    /** A whole projection of {@code rows} outputs and {@code columns} inputs. */
    WeightMatrix projection(String name, long rows, long columns) throws CheckpointException {
        Tensor tensor = required(name + ".weight");
        return view(tensor, MatrixRows.all(checked(tensor, rows)), columns);
    }

    /** A projection of whatever number of outputs it has. */
    WeightMatrix projection(String name, long columns) throws CheckpointException {
        Tensor tensor = required(name + ".weight");
        return view(tensor, MatrixRows.all(checked(tensor, outputs(tensor))), columns);
    }

    /** Some outputs of a projection that holds several. */
    WeightMatrix part(String name, MatrixRows rows, long columns) throws CheckpointException {
        return view(required(name + ".weight"), rows, columns);
    }

    /** A table stored row by row, whatever the orientation of the projections. */
    static WeightMatrix table(String location, Tensor tensor, long rows, long columns) throws CheckpointException {
        requirePlain(location, tensor);
        requireShape(location, tensor, List.of(rows, columns));
        return new StoredMatrix(tensor, MatrixRows.all((int) rows), (int) columns);
    }

    /** Gain of the first of these norms that is present. */
    @Nullable
    WeightVector gain(String block, List<String> norms, int size) throws CheckpointException {
        return normVector(block, norms, List.of(".weight", ".gamma"), size, gainOffset);
    }

    /** Bias of the first of these norms that is present. */
    @Nullable
    WeightVector normBias(String block, List<String> norms, int size) throws CheckpointException {
        return normVector(block, norms, List.of(".bias", ".beta"), size, 0);
    }

    @Nullable
    WeightVector bias(String name, int size) throws CheckpointException {
        Tensor tensor = backbone.find(name + ".bias");
        return tensor == null ? null : vector(tensor, size, 0);
    }

    private @Nullable WeightVector normVector(
            String block, List<String> norms, List<String> suffixes, int size, float offset)
            throws CheckpointException {
        for (String norm : norms) {
            for (String suffix : suffixes) {
                Tensor tensor = backbone.find(block + norm + suffix);
                if (tensor != null) {
                    return vector(tensor, size, offset);
                }
            }
        }
        return null;
    }

    private WeightVector vector(Tensor tensor, int size, float offset) throws CheckpointException {
        requirePlain(location, tensor);
        requireShape(location, tensor, List.of((long) size));
        return new StoredVector(tensor, size, offset);
    }

    private WeightMatrix view(Tensor tensor, MatrixRows rows, long columns) throws CheckpointException {
        requirePlain(location, tensor);
        boolean transposed = orientation == Orientation.IN_BY_OUT;
        requireShape(
                location,
                tensor,
                transposed ? List.of(columns, (long) rows.stored()) : List.of((long) rows.stored(), columns));
        return transposed
                ? new TransposedMatrix(tensor, rows, (int) columns)
                : new StoredMatrix(tensor, rows, (int) columns);
    }

    private long outputs(Tensor tensor) {
        List<Long> shape = tensor.shape();
        return shape.isEmpty() ? 0 : orientation == Orientation.IN_BY_OUT ? shape.getLast() : shape.getFirst();
    }

    private Tensor required(String name) throws CheckpointException {
        Tensor tensor = backbone.find(name);
        if (tensor == null) {
            throw new CheckpointException(
                    Reason.MALFORMED, location, "tensor " + backbone.prefix() + name + ": expected, found none");
        }
        return tensor;
    }

    private int checked(Tensor tensor, long rows) throws CheckpointException {
        if (rows <= 0 || rows > Integer.MAX_VALUE) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    location,
                    "tensor " + tensor.name() + ": expected 1 to " + Integer.MAX_VALUE + " rows, found " + rows);
        }
        return (int) rows;
    }

    private static void requirePlain(String location, Tensor tensor) throws CheckpointException {
        if (!tensor.dtype().isPlainFloat()) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    location,
                    "tensor " + tensor.name() + ": expected plain floating-point weights, found " + tensor.dtype());
        }
    }

    private static void requireShape(String location, Tensor tensor, List<Long> expected) throws CheckpointException {
        if (!tensor.shape().equals(expected)) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    location,
                    "tensor " + tensor.name() + ": expected shape " + expected + ", found " + tensor.shape());
        }
    }
}
