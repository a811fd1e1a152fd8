package dev.forebear.signals.relation;

import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The same rows of one tensor of a base and of the tensor of the derived model that came from it, as stored. They are
 * read when asked for; the arrays are shared and must not be changed.
 *
 * @param component "query", "key", "value", "output", "gate", "up", "down", "embedding" or "output-head"
 * @param projection which one of a block; null for the embedding and the output head
 * @param baseLayer layer of the base, from 0; -1 outside of the blocks
 * @param derivedUnit unit of the derived model; -1 outside of the blocks
 * @param derivedLayer layer of the derived model, from 0; -1 outside of the blocks
 * @param positions row numbers within both tensors, ascending; outside of the blocks the numbers of shared tokens
 * @param rowsOfBase the rows of the base at these positions
 * @param rowsOfDerived the rows of the derived model at these positions
 */
public record MappedTensor(
        String component,
        @Nullable Projection projection,
        int baseLayer,
        int derivedUnit,
        int derivedLayer,
        int[] positions,
        StoredRows rowsOfBase,
        StoredRows rowsOfDerived) {

    /** One row per position. */
    public double[][] base() throws IOException {
        return rowsOfBase.read();
    }

    /** One row per position. */
    public double[][] derived() throws IOException {
        return rowsOfDerived.read();
    }

    /** Only the rows at positions that both have, so that two relatives of one model can be held against each other. */
    public MappedTensor common(MappedTensor other) {
        int[] wanted = common(positions, other.positions);
        return new MappedTensor(
                component,
                projection,
                baseLayer,
                derivedUnit,
                derivedLayer,
                wanted,
                rowsOfBase.at(positions, wanted),
                rowsOfDerived.at(positions, wanted));
    }

    static int[] common(int[] a, int[] b) {
        return IntStream.of(a)
                .filter(position -> Arrays.binarySearch(b, position) >= 0)
                .toArray();
    }
}
