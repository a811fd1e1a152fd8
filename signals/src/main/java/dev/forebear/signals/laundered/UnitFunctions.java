package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Key;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one unit does, as products of its projections, which no reordering of neurons or heads and no rescaling that
 * keeps the outputs can change: first in the coordinates of the residual stream, and through probes in those of tokens
 * that two models share, which no rotation can change either.
 *
 * @param feedForward sum over neurons of up and down, what an MLP without its gate would write
 * @param queryKey sum over heads of query and key, which token attends to which
 * @param valueOutput sum over heads of value and output, what attention to a token writes
 */
record UnitFunctions(
        double @Nullable [][] feedForward, double @Nullable [][] queryKey, double @Nullable [][] valueOutput) {

    private record OfResidual(List<Integer> units, boolean feedForward, boolean queryKey, boolean valueOutput)
            implements Key<List<UnitFunctions>> {}

    /** Over shared tokens. */
    static List<UnitFunctions> of(TokenResponses responses, List<Unit> units, Scope scope) throws IOException {
        ModelWeights weights = responses.weights();
        if (!weights.whole()) {
            return of(responses, weights.transformer(), units, scope);
        }
        // Products in the residual stream first: they are the smaller ones.
        var key = new OfResidual(
                units.stream().map(Unit::index).toList(), scope.feedForward(), scope.queryKey(), scope.valueOutput());
        return weights.once(key, () -> of(new ResidualRows(weights), weights.transformer(), units, scope)).stream()
                .map(functions -> functions.through(responses.probes()))
                .toList();
    }

    /** In the coordinates of the rows. */
    static List<UnitFunctions> of(UnitRows rows, Transformer transformer, List<Unit> units, Scope scope)
            throws IOException {
        List<UnitFunctions> all = new ArrayList<>();
        double[][] queryKey = null;
        double[][] valueOutput = null;
        int layer = -1;
        for (Unit unit : units) {
            if (unit.layer().index() != layer) {
                layer = unit.layer().index();
                queryKey = scope.queryKey() ? queryKey(rows, transformer, unit) : null;
                valueOutput = scope.valueOutput() ? valueOutput(rows, transformer, unit) : null;
            }
            all.add(new UnitFunctions(scope.feedForward() ? feedForward(rows, unit) : null, queryKey, valueOutput));
        }
        return all;
    }

    private static double[][] feedForward(UnitRows rows, Unit unit) throws IOException {
        return MatrixProduct.ofTransposed(rows.reading(unit, Projection.UP), rows.writing(unit, Projection.DOWN));
    }

    static double @Nullable [][] queryKey(UnitRows rows, Transformer transformer, Unit unit) throws IOException {
        double[][] key = rows.reading(unit, Projection.KEY);
        double[][] query = summed(rows.reading(unit, Projection.QUERY), key.length, transformer);
        return query == null ? null : MatrixProduct.ofTransposed(query, key);
    }

    static double @Nullable [][] valueOutput(UnitRows rows, Transformer transformer, Unit unit) throws IOException {
        double[][] value = rows.reading(unit, Projection.VALUE);
        double[][] output = summed(rows.writing(unit, Projection.OUTPUT), value.length, transformer);
        return output == null ? null : MatrixProduct.ofTransposed(value, output);
    }

    /** Sums over the query heads that share a key and value head; null where the sizes are not those of heads. */
    private static double @Nullable [][] summed(double[][] ofHeads, int ofGroups, Transformer transformer) {
        int size = transformer.headSize();
        int rows = transformer.keyValueHeads() * size;
        int members = rows == 0 ? 0 : ofHeads.length / rows;
        if (members == 0 || ofGroups != rows || ofHeads.length != rows * members) {
            return null;
        }
        double[][] sums = new double[rows][];
        for (int i = 0; i < rows; i++) {
            int first = i / size * members * size + i % size;
            sums[i] = ofHeads[first].clone();
            for (int member = 1; member < members; member++) {
                Rows.add(ofHeads[first + member * size], 1, sums[i]);
            }
        }
        return sums;
    }

    private UnitFunctions through(Probes probes) {
        return new UnitFunctions(
                through(feedForward, probes.inputs(), probes.outputs()),
                through(queryKey, probes.inputs(), probes.inputs()),
                through(valueOutput, probes.inputs(), probes.outputs()));
    }

    private static double @Nullable [][] through(double @Nullable [][] product, double[][] left, double[][] right) {
        return product == null ? null : MatrixProduct.ofTransposed(left, MatrixProduct.of(product, right));
    }

    /** Cosine of two such matrices; NaN where either is missing or zero. */
    static double cosine(double @Nullable [][] a, double @Nullable [][] b) {
        if (a == null || b == null) {
            return Double.NaN;
        }
        double inner = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            inner += Rows.dot(a[i], b[i]);
            squaresOfA += Rows.dot(a[i], a[i]);
            squaresOfB += Rows.dot(b[i], b[i]);
        }
        double norms = Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB);
        return norms > 0 ? Math.clamp(inner / norms, -1, 1) : Double.NaN;
    }
}
