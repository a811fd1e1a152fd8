package dev.forebear.signals.relation;

import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The same rows of one tensor of a base and of the tensor of the derived model that came from it, as stored. They are
 * read when asked for; the arrays are shared and must not be changed.
 *
 * @param projection which one of a block; null for the embedding
 * @param baseLayer layer of the base, from 0; -1 for the embedding
 * @param derivedUnit unit of the derived model; -1 for the embedding
 * @param derivedLayer layer of the derived model, from 0; -1 for the embedding
 * @param positions row numbers within both tensors, ascending; of the embedding the numbers of shared tokens
 * @param rowsOfBase the rows of the base at these positions
 * @param rowsOfDerived the rows of the derived model at these positions
 */
public record MappedTensor(
        @Nullable Projection projection,
        int baseLayer,
        int derivedUnit,
        int derivedLayer,
        int[] positions,
        Source rowsOfBase,
        Source rowsOfDerived) {

    /** Reads rows. */
    @FunctionalInterface
    interface Source {
        double[][] rows() throws IOException;

        /** Those of the rows at {@code available} that are at {@code wanted}. */
        default Source at(int[] available, int[] wanted) {
            if (Arrays.equals(available, wanted)) {
                return this;
            }
            int[] chosen = Arrays.stream(wanted)
                    .map(position -> Arrays.binarySearch(available, position))
                    .toArray();
            return () -> {
                double[][] all = rows();
                return Arrays.stream(chosen).mapToObj(row -> all[row]).toArray(double[][]::new);
            };
        }
    }

    /** One row per position. */
    public double[][] base() throws IOException {
        return rowsOfBase.rows();
    }

    /** One row per position. */
    public double[][] derived() throws IOException {
        return rowsOfDerived.rows();
    }

    /** For example "query" or "embedding". */
    public String component() {
        return projection == null ? "embedding" : projection.name().toLowerCase(Locale.ROOT);
    }

    /** Only the rows at positions that both have, so that two relatives of one model can be held against each other. */
    public MappedTensor common(MappedTensor other) {
        int[] wanted = common(positions, other.positions);
        return new MappedTensor(
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
