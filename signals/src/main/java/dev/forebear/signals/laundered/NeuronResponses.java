package dev.forebear.signals.laundered;

import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the neurons of one MLP respond to the tokens two models share, as unit rows (neurons × probes).
 *
 * @param handle by what nobody can rescale: gate, or up of an MLP without a gate
 * @param others by up, which carries any factor and sign, and down; of an MLP without a gate by down alone
 * @param anySign whether others match by absolute value
 */
record NeuronResponses(double[][] handle, List<double[][]> others, boolean anySign) {

    /** @param down whether down may be read */
    static NeuronResponses all(TokenResponses responses, Unit unit, boolean down) throws IOException {
        double[][] probes = responses.probes().both();
        double[][] up = responses.ofRows(unit, Projection.UP, probes);
        double[][] gate = responses.ofRows(unit, Projection.GATE, probes);
        return normalised(gate, up, down ? responses.ofColumns(unit, Projection.DOWN, probes) : new double[0][]);
    }

    /** Of some neurons only. */
    static NeuronResponses some(TokenResponses responses, Unit unit, boolean down) throws IOException {
        NeuronBlocks blocks = NeuronBlocks.of(unit.mlp().up().rows());
        double[][] probes = responses.probes().both();
        double[][] up = responses.ofRows(unit, Projection.UP, probes, blocks);
        double[][] gate =
                unit.mlp().gate() == null ? new double[0][] : responses.ofRows(unit, Projection.GATE, probes, blocks);
        double[][] columns = down ? blocks.of(responses.ofColumns(unit, Projection.DOWN, probes)) : new double[0][];
        return normalised(gate, up, columns);
    }

    private static NeuronResponses normalised(double[][] gate, double[][] up, double[][] down) {
        boolean gated = gate.length > 0;
        Rows.dropDuplicates(gated ? gate : up);
        List<double[][]> others = new ArrayList<>();
        if (gated) {
            others.add(up);
        }
        if (down.length > 0) {
            others.add(down);
        }
        Rows.normalise(gate);
        Rows.normalise(up);
        Rows.normalise(down);
        return new NeuronResponses(gated ? gate : up, others, gated);
    }

    /** Whether a neuron responds to anything by every projection, and not just as an earlier one does. */
    boolean responds(int neuron) {
        return !Rows.isZero(handle[neuron]) && others.stream().noneMatch(other -> Rows.isZero(other[neuron]));
    }

    long responding() {
        long responding = 0;
        for (int neuron = 0; neuron < handle.length; neuron++) {
            responding += responds(neuron) ? 1 : 0;
        }
        return responding;
    }

    /** For every neuron the most alike of another model, by the handle. */
    int[] matchesByHandle(NeuronResponses wide) {
        return matches(handle, wide.handle, false);
    }

    /** The same by another projection. */
    int[] matches(int other, NeuronResponses wide) {
        return matches(others.get(other), wide.others.get(other), anySign);
    }

    private static int[] matches(double[][] narrow, double[][] wide, boolean anySign) {
        double[][] cosines = MatrixProduct.of(narrow, MatrixProduct.transposed(wide));
        int[] matches = new int[narrow.length];
        for (int i = 0; i < matches.length; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < wide.length; j++) {
                double alike = anySign ? Math.abs(cosines[i][j]) : cosines[i][j];
                if (alike > largest) {
                    largest = alike;
                    matches[i] = j;
                }
            }
        }
        return matches;
    }
}
