package dev.forebear.signals.relation;

import dev.forebear.checkpoint.Quantisation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the weights of one of two relatives lie on a grid and those of the other do not. */
final class QuantisedSide {

    /** Below this cosine, training followed the rounding. */
    private static final double SMALLEST_SIMILARITY = 0.9;

    /** Median change in steps of the grid: .10 to .40 by rounding. */
    private static final double SMALLEST_STEP = 0.08;

    private static final double SMALLEST_STEP_OF_FEW_BITS = 0.15;

    private static final double LARGEST_STEP = 0.5;

    /** Ninety-eight of a hundred changes are smaller than a step: at most .87 by rounding. */
    private static final double LARGEST_TAIL = 1;

    private static final double TAIL = 0.98;

    private final RelatedPair pair;
    private final Lattice base;
    private final Lattice derived;
    private final List<Quantisation> packing;

    private QuantisedSide(RelatedPair pair, Lattice base, Lattice derived, List<Quantisation> packing) {
        this.pair = pair;
        this.base = base;
        this.derived = derived;
        this.packing = packing;
    }

    static QuantisedSide of(RelatedPair pair) throws IOException {
        List<Lattice> before = new ArrayList<>();
        List<Lattice> after = new ArrayList<>();
        List<Quantisation> packing = new ArrayList<>();
        for (MappedTensor tensor : pair.tensors().body()) {
            before.add(Lattice.of(tensor.base()));
            after.add(Lattice.of(tensor.derived()));
            Optional.ofNullable(tensor.rowsOfDerived().packing()).ifPresent(packing::add);
        }
        return new QuantisedSide(pair, Lattice.middle(before), Lattice.middle(after), packing);
    }

    boolean onlyBase() {
        return base.coarse() && !derived.coarse();
    }

    boolean onlyDerived() {
        return derived.coarse() && !base.coarse();
    }

    /** The rule on quantised models. */
    Optional<Named> named() throws IOException {
        if (!onlyDerived() || !pair.sameDepth() || pair.change().similarity() < SMALLEST_SIMILARITY) {
            return Optional.empty();
        }
        return Optional.of(new Named(
                RelationKind.QUANTISED,
                packing.isEmpty() ? derived.words() : packing.getFirst().toString()));
    }

    /** Whether the values of the one that is not on the grid were rounded to the other's, and not trained from it. */
    boolean isRounding() throws IOException {
        Lattice grid = onlyBase() ? base : derived;
        List<Double> middles = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        for (Map.Entry<MappedTensor, TensorChange> entry : pair.changes().entrySet()) {
            double[] steps = steps(entry.getKey(), grid);
            if (steps.length > 0) {
                middles.add(steps[steps.length / 2]);
                tails.add(steps[(int) (TAIL * (steps.length - 1))]);
            }
        }
        double middle = Medians.of(middles.stream().mapToDouble(Double::doubleValue), 0);
        double tail = Medians.of(tails.stream().mapToDouble(Double::doubleValue), 0);
        double smallest = grid.fewBits() ? SMALLEST_STEP_OF_FEW_BITS : SMALLEST_STEP;
        return middle >= smallest && middle <= LARGEST_STEP && tail <= LARGEST_TAIL;
    }

    /** Absolute changes in steps of the grid, ascending. */
    private double[] steps(MappedTensor tensor, Lattice grid) throws IOException {
        double[][] on = onlyBase() ? tensor.base() : tensor.derived();
        double[][] off = onlyBase() ? tensor.derived() : tensor.base();
        List<Double> steps = new ArrayList<>();
        for (int row = 0; row < on.length; row++) {
            for (int from = 0; from + Lattice.GROUP <= on[row].length; from += Lattice.GROUP) {
                double step = grid.step(on[row], from);
                for (int i = from; i < from + Lattice.GROUP && step > 0; i++) {
                    steps.add(Math.abs(on[row][i] - off[row][i]) / step);
                }
            }
        }
        return steps.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
