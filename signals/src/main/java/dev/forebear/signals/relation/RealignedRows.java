package dev.forebear.signals.relation;

import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gate rows, of an MLP without a gate the up rows, of models that number their neurons or residual dimensions
 * differently. No rewriting that keeps what a model computes can rescale these rows. A block is a unit of the derived
 * model, up to {@value #MOST_UNITS} of them; of a large model one, since every row of a relative has to be read to find
 * the few.
 */
final class RealignedRows implements CommonRows {

    static final int MOST_UNITS = 8;

    private static final int MOST_ROWS = 128;
    private static final double SMALLEST_SHARE = 0.5;

    /** Of another unit of the same model, rows have counterparts by accident alone. */
    private static final double CERTAIN_SHARE = 0.9;

    private static final double CERTAIN_SIMILARITY = 0.9;

    private final List<double[][]> derived;
    private final Map<Integer, List<double[][]>> relatives = new LinkedHashMap<>();

    private RealignedRows(List<double[][]> derived) {
        this.derived = derived;
    }

    /**
     * Rows in coordinates that they share with those of other models.
     *
     * @param told to tell rows apart by
     * @param compared to be subtracted from each other
     */
    record View(double[][] told, double[][] compared) {}

    /** Brings rows into such coordinates. */
    @FunctionalInterface
    interface Coordinates {
        View of(double[][] rows);
    }

    /** A relative and the coordinates for its rows. */
    record Seen(ModelWeights weights, Coordinates coordinates) {}

    /** @param relatives by number; one without counterparts is left out */
    static RealignedRows of(ModelWeights derived, Coordinates coordinates, Map<Integer, Seen> relatives)
            throws IOException {
        List<Unit> units = units(derived);
        List<View> views = new ArrayList<>();
        for (Unit unit : units) {
            double[][] rows = derived.folded(unit, rigid(derived));
            views.add(coordinates.of(Arrays.copyOf(rows, Math.min(MOST_ROWS, rows.length))));
        }
        RealignedRows realigned =
                new RealignedRows(views.stream().map(View::compared).toList());
        for (Map.Entry<Integer, Seen> relative : relatives.entrySet()) {
            List<double[][]> blocks = blocks(units, views, relative.getValue());
            if (blocks.stream().anyMatch(block -> block.length > 0)) {
                realigned.relatives.put(relative.getKey(), blocks);
            }
        }
        return realigned;
    }

    /** The projection that can be reordered but not rescaled. */
    static Projection rigid(ModelWeights model) {
        return model.transformer().gated() ? Projection.GATE : Projection.UP;
    }

    boolean maps(int relative) {
        return relatives.containsKey(relative);
    }

    private static List<Unit> units(ModelWeights model) {
        List<Unit> all = model.units();
        if (!model.whole()) {
            return List.of(all.get(all.size() / 2));
        }
        return all.subList(0, Math.min(MOST_UNITS, all.size()));
    }

    private static List<double[][]> blocks(List<Unit> units, List<View> views, Seen relative) throws IOException {
        Map<Integer, View> seen = new HashMap<>();
        List<double[][]> blocks = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            blocks.add(block(units.get(i), views.get(i), relative, seen));
        }
        return blocks;
    }

    /**
     * From the unit whose rows are most like those of the derived unit, the one of the same number first; empty when
     * too few of them are.
     */
    private static double[][] block(Unit unit, View view, Seen relative, Map<Integer, View> seen) throws IOException {
        double[][] block = {};
        double nearest = -1;
        for (Unit candidate : candidates(unit, relative.weights())) {
            View other = seen.get(candidate.index());
            if (other == null) {
                other = relative.coordinates().of(relative.weights().all(candidate, rigid(relative.weights())));
                seen.put(candidate.index(), other);
            }
            RowMatching found = RowMatching.of(view.told(), other.told());
            if (found.similarity() > nearest) {
                nearest = found.similarity();
                block = found.share() >= SMALLEST_SHARE ? found.arranged(other.compared()) : new double[0][];
            }
            if (found.share() >= CERTAIN_SHARE && found.similarity() >= CERTAIN_SIMILARITY) {
                break;
            }
        }
        return block;
    }

    private static List<Unit> candidates(Unit unit, ModelWeights relative) {
        return relative.units().stream()
                .filter(other -> relative.whole() || other.index() == unit.index())
                .sorted(Comparator.comparing(other -> other.index() != unit.index()))
                .toList();
    }

    @Override
    public int blocks() {
        return derived.size();
    }

    @Override
    public double[][] derived(int block) {
        return derived.get(block);
    }

    @Override
    public double @Nullable [][] relative(int relative, int block) {
        List<double[][]> blocks = relatives.get(relative);
        return blocks == null || blocks.get(block).length == 0 ? null : blocks.get(block);
    }
}
