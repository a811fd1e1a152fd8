package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one unit does to the tokens two models share: matrices of probes × probes, which no reordering, rotation or
 * rescaling that keeps the outputs can change. With X the probes of inputs and Y those of outputs, and sums over
 * neurons or heads:
 *
 * @param feedForward X Wupᵀ Wdownᵀ Yᵀ, what an MLP without its gate would write
 * @param queryKey X Wqᵀ Wk Xᵀ, which token attends to which
 * @param valueOutput X Wvᵀ Woᵀ Yᵀ, what attention to a token writes
 */
record UnitFunctions(
        double @Nullable [][] feedForward, double @Nullable [][] queryKey, double @Nullable [][] valueOutput) {

    static List<UnitFunctions> of(TokenResponses responses, List<Unit> units, Scope scope) throws IOException {
        List<UnitFunctions> all = new ArrayList<>();
        UnitFunctions attention = null;
        int layer = -1;
        for (Unit unit : units) {
            if (attention == null || unit.layer().index() != layer) {
                layer = unit.layer().index();
                attention = attention(responses, unit, scope);
            }
            all.add(new UnitFunctions(
                    scope.feedForward() ? feedForward(responses, unit) : null,
                    attention.queryKey(),
                    attention.valueOutput()));
        }
        return all;
    }

    private static double[][] feedForward(TokenResponses responses, Unit unit) throws IOException {
        double[][] up = responses.ofRows(unit, Projection.UP, responses.probes().inputs());
        double[][] down =
                responses.ofColumns(unit, Projection.DOWN, responses.probes().outputs());
        return MatrixProduct.ofTransposed(up, down);
    }

    private static UnitFunctions attention(TokenResponses responses, Unit unit, Scope scope) throws IOException {
        Transformer transformer = responses.weights().transformer();
        Probes probes = responses.probes();
        double[][] query = responses.ofRows(unit, Projection.QUERY, probes.inputs());
        double[][] key = responses.ofRows(unit, Projection.KEY, probes.inputs());
        double[][] queryKey = product(query, key, transformer);
        if (!scope.valueOutput()) {
            return new UnitFunctions(null, queryKey, null);
        }
        double[][] output = responses.ofColumns(unit, Projection.OUTPUT, probes.outputs());
        double[][] value = responses.ofRows(unit, Projection.VALUE, probes.inputs());
        double[][] outputValue = product(output, value, transformer);
        return new UnitFunctions(null, queryKey, outputValue == null ? null : MatrixProduct.transposed(outputValue));
    }

    /** Sum over query heads and the key or value head of each; null where the sizes are not those of heads. */
    private static double @Nullable [][] product(double[][] ofHeads, double[][] ofGroups, Transformer transformer) {
        int rows = transformer.keyValueHeads() * transformer.headSize();
        int members = rows == 0 ? 0 : ofHeads.length / rows;
        if (members == 0 || ofGroups.length != rows || ofHeads.length != rows * members) {
            return null;
        }
        double[][] sums = new double[rows][];
        int size = transformer.headSize();
        for (int i = 0; i < rows; i++) {
            int first = i / size * members * size + i % size;
            sums[i] = ofHeads[first].clone();
            for (int member = 1; member < members; member++) {
                Rows.add(ofHeads[first + member * size], 1, sums[i]);
            }
        }
        return MatrixProduct.ofTransposed(sums, ofGroups);
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
