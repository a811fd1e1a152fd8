package dev.forebear.signals.confirmation;

import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Key;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one MLP and of the attention before it.
 *
 * @param layer index of the layer
 * @param gate rows of gate; null without one
 * @param up rows of up; null where MLPs are not compared
 * @param down columns of down for the same neurons; null unless both models are read in full
 * @param value rows of value from 0; null when there are too few
 */
record RowsOfUnit(
        int layer,
        @Nullable UnitRows gate,
        @Nullable UnitRows up,
        @Nullable UnitRows down,
        @Nullable UnitRows value) {

    private record Rows(List<Integer> neurons, int values, boolean down) implements Key<List<RowsOfUnit>> {}

    /** With the residual dimensions that the model has. */
    static List<RowsOfUnit> read(ModelWeights model, int[] neurons, int values, boolean down) throws IOException {
        var key = new Rows(Arrays.stream(neurons).boxed().toList(), values, down);
        return model.once(key, () -> read(model, neurons, values, down, UnaryOperator.identity()));
    }

    /** @param coordinates how residual dimensions are chosen and ordered */
    static List<RowsOfUnit> read(
            ModelWeights model, int[] neurons, int values, boolean down, UnaryOperator<double[][]> coordinates)
            throws IOException {
        List<RowsOfUnit> all = new ArrayList<>();
        for (Unit unit : model.units()) {
            double[][] value = model.folded(unit, Projection.VALUE);
            all.add(new RowsOfUnit(
                    unit.layer().index(),
                    unitRows(at(model, unit, Projection.GATE, neurons), coordinates),
                    unitRows(at(model, unit, Projection.UP, neurons), coordinates),
                    unitRows(down ? downColumns(model, unit, neurons) : new double[0][], coordinates),
                    unitRows(value.length < values ? new double[0][] : Arrays.copyOf(value, values), coordinates)));
        }
        return List.copyOf(all);
    }

    RowsOfUnit withoutNeurons() {
        return new RowsOfUnit(layer, null, null, null, value);
    }

    /** Rows at the given positions, all of which have been read; empty without the projection. */
    static double[][] at(ModelWeights model, Unit unit, Projection projection, int[] neurons) throws IOException {
        if (model.matrix(unit, projection) == null) {
            return new double[0][];
        }
        double[][] rows = model.folded(unit, projection);
        int[] positions = model.positions(unit, projection);
        double[][] chosen = new double[neurons.length][];
        for (int i = 0; i < neurons.length; i++) {
            chosen[i] = rows[Arrays.binarySearch(positions, neurons[i])];
        }
        return chosen;
    }

    private static double[][] downColumns(ModelWeights model, Unit unit, int[] neurons) throws IOException {
        double[][] rows = model.stored(unit, Projection.DOWN);
        double[][] columns = new double[neurons.length][rows.length];
        for (int i = 0; i < neurons.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                columns[i][j] = rows[j][neurons[i]];
            }
        }
        return columns;
    }

    private static @Nullable UnitRows unitRows(double[][] rows, UnaryOperator<double[][]> coordinates) {
        return rows.length == 0 ? null : UnitRows.of(coordinates.apply(rows));
    }
}
