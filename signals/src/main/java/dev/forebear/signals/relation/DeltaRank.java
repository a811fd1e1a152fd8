package dev.forebear.signals.relation;

import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * The rank of the difference of a tensor: how many of its singular values stand above what rounding alone produces. An
 * adapter adds a product of two thin matrices, training of all weights adds a matrix of full rank.
 *
 * @param rank singular values above the edge
 * @param limit rank up to which the tensor can show an adapter
 * @param largest the largest singular value, in edges
 * @param gap the smallest one above the edge over the next one
 */
record DeltaRank(int rank, double limit, double largest, double gap) {

    private static final int LARGEST_RANK = 128;

    /** Edge of the spectrum of a matrix of independent rounding errors, with a margin of 15 %. */
    private static final double MARGIN = 1.15;

    /** Singular values below this share of the largest are lost in the arithmetic. */
    private static final double RESOLUTION = 1e-5;

    private static final double CLEAR = 10;

    /** Adapters: a sharp end of the spectrum, or nearly the same rank everywhere. */
    private static final double SHARP = 1.5;

    /** Rows that are read of a tensor of a large model. */
    private static final int BLOCK = 512;

    private static final List<Projection> READ_OF_LARGE = List.of(Projection.QUERY, Projection.VALUE, Projection.UP);

    /** The rule on merged adapters. */
    static Optional<Named> of(RelatedPair pair) throws IOException {
        List<DeltaRank> changed =
                ranks(pair).stream().filter(found -> found.rank > 0).toList();
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        double rank = Medians.of(changed.stream().mapToDouble(DeltaRank::rank), 0);
        double limit = changed.stream().mapToDouble(DeltaRank::limit).min().orElse(0);
        double largest = Medians.of(changed.stream().mapToDouble(DeltaRank::largest), 0);
        double gap = Medians.of(changed.stream().mapToDouble(DeltaRank::gap), 0);
        int[] sorted = changed.stream().mapToInt(DeltaRank::rank).sorted().toArray();
        boolean alike = sorted[(int) (0.9 * (sorted.length - 1))] <= SHARP * rank;
        return rank <= limit && largest >= CLEAR && (gap >= SHARP || alike)
                ? Optional.of(new Named(RelationKind.ADAPTER_MERGED, "rank " + Math.round(rank)))
                : Optional.empty();
    }

    private static List<DeltaRank> ranks(RelatedPair pair) throws IOException {
        List<DeltaRank> ranks = new ArrayList<>();
        for (MappedTensor tensor : pair.whole() ? pair.tensors().body() : blocks(pair)) {
            ranks.add(of(tensor));
        }
        return ranks;
    }

    /** Of a large model the first rows of three tensors: of each projection the one that changed most. */
    private static List<MappedTensor> blocks(RelatedPair pair) throws IOException {
        List<MappedTensor> blocks = new ArrayList<>();
        for (Projection projection : READ_OF_LARGE) {
            pair.changes().entrySet().stream()
                    .filter(entry -> entry.getKey().projection() == projection)
                    .max(Comparator.comparingDouble(entry -> entry.getValue().relativeChange()))
                    .ifPresent(entry -> blocks.add(pair.firstRows(entry.getKey(), BLOCK)));
        }
        return blocks;
    }

    static DeltaRank of(MappedTensor tensor) throws IOException {
        double[][] base = tensor.base();
        double[][] derived = tensor.derived();
        Rounding before = Rounding.to(tensor.rowsOfBase().dtype());
        Rounding after = Rounding.to(tensor.rowsOfDerived().dtype());
        double[][] change = new double[base.length][];
        double squares = 0;
        for (int i = 0; i < base.length; i++) {
            change[i] = derived[i].clone();
            Rows.add(base[i], -1, change[i]);
            for (int j = 0; j < base[i].length; j++) {
                double step = after.step(derived[i][j]);
                double stepBefore = before.step(base[i][j]);
                squares += step * step + stepBefore * stepBefore;
            }
        }
        int columns = base.length == 0 ? 0 : base[0].length;
        if (columns == 0) {
            return new DeltaRank(0, 0, 0, 0);
        }
        double error = Math.sqrt(squares / base.length / columns / 12);
        return above(singularValues(change), MARGIN * error * (Math.sqrt(base.length) + Math.sqrt(columns)));
    }

    private static DeltaRank above(double[] values, double noise) {
        double edge = Math.max(noise, RESOLUTION * values[0]);
        int rank = (int) Arrays.stream(values).filter(value -> value > edge).count();
        double gap = rank > 0 && rank < values.length
                ? values[rank - 1] / Math.max(values[rank], RESOLUTION * values[0])
                : 0;
        return new DeltaRank(rank, Math.min(LARGEST_RANK, values.length / 4.0), edge > 0 ? values[0] / edge : 0, gap);
    }

    /** Descending. */
    private static double[] singularValues(double[][] matrix) {
        double[][] flat = matrix.length <= matrix[0].length ? matrix : Rows.transposed(matrix);
        double[][] gram = Rows.timesTransposed(flat, flat);
        double[] squares = new SingularValueDecomposition(new Array2DRowRealMatrix(gram, false)).getSingularValues();
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }
}
