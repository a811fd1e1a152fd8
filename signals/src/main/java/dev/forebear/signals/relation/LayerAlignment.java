package dev.forebear.signals.relation;

import dev.forebear.signals.confirmation.LayerMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which unit of the base each unit of the derived model came from, by the rows of the same number. A unit is an MLP
 * with the attention before it; of a mixture of experts every expert is one.
 *
 * @param baseUnits for every derived unit the unit of the base, or {@value #NONE}
 * @param established for every derived unit whether its own rows say so; otherwise its neighbours do
 * @param z largest z of a pair of units, or of those at the same place together; 0 when nothing was compared
 * @param layersOfBase layer of every unit of the base
 * @param layersOfDerived layer of every derived unit
 */
public record LayerAlignment(
        int[] baseUnits, boolean[] established, double z, int[] layersOfBase, int[] layersOfDerived) {

    /** Instead of a unit of the base. */
    public static final int NONE = -1;

    /** z from which on the rows of two units are taken to correspond. */
    static final double SMALLEST_Z = 6;

    // Copies of one layer are equally near to each other; the one at the same depth is then meant.
    private static final double AS_NEAR = 0.98;

    /**
     * @param matrix units of the base × units of the derived model; null when their rows are not comparable, which
     *     aligns nothing
     */
    public static LayerAlignment of(@Nullable LayerMatrix matrix) {
        if (matrix == null) {
            return new LayerAlignment(new int[0], new boolean[0], 0, new int[0], new int[0]);
        }
        double[][] z = matrix.z();
        int units = matrix.layersOfSecond().length;
        int[] baseUnits = new int[units];
        boolean[] established = new boolean[units];
        double largest = 0;
        for (int derived = 0; derived < units; derived++) {
            int best = best(z, derived);
            largest = Math.max(largest, z[best][derived]);
            established[derived] = z[best][derived] >= SMALLEST_Z;
            baseUnits[derived] = established[derived] ? best : NONE;
        }
        if (z.length == units) {
            largest = Math.max(largest, alignDiagonal(z, baseUnits, established));
        }
        fillGaps(baseUnits, z.length);
        return new LayerAlignment(baseUnits, established, largest, matrix.layersOfFirst(), matrix.layersOfSecond());
    }

    /** One test of all units at the same place that say too little on their own; its z. */
    private static double alignDiagonal(double[][] z, int[] baseUnits, boolean[] established) {
        int[] open =
                IntStream.range(0, z.length).filter(unit -> !established[unit]).toArray();
        double together =
                Arrays.stream(open).mapToDouble(unit -> z[unit][unit]).sum() / Math.sqrt(Math.max(1, open.length));
        if (together >= SMALLEST_Z) {
            for (int unit : open) {
                baseUnits[unit] = unit;
                established[unit] = true;
            }
        }
        return together;
    }

    private static int best(double[][] z, int derived) {
        int best = 0;
        for (int base = 1; base < z.length; base++) {
            best = z[base][derived] > z[best][derived] ? base : best;
        }
        boolean own = derived < z.length && z[derived][derived] >= AS_NEAR * z[best][derived];
        return own ? derived : best;
    }

    /** A run of units without a counterpart takes the units between those of its neighbours where they are as many. */
    private static void fillGaps(int[] baseUnits, int units) {
        int[] rows = baseUnits.clone();
        int before = -1;
        for (int unit = 0; unit <= rows.length; unit++) {
            if (unit < rows.length && rows[unit] == NONE) {
                continue;
            }
            int from = before < 0 ? -1 : rows[before];
            int to = unit < rows.length ? rows[unit] : units;
            boolean anchored = before >= 0 || unit < rows.length;
            if (anchored && to - from == unit - before) {
                for (int gap = before + 1; gap < unit; gap++) {
                    baseUnits[gap] = from + gap - before;
                }
            }
            before = unit;
        }
    }

    public boolean isEmpty() {
        return Arrays.stream(baseUnits).allMatch(base -> base == NONE);
    }

    /** Whether every derived unit has a counterpart. */
    public boolean complete() {
        return Arrays.stream(baseUnits).noneMatch(base -> base == NONE);
    }

    /** Whether no two layers of the derived model came from the same layer of the base. */
    public boolean injective() {
        List<Integer> mapped = layers().stream().filter(layer -> layer != NONE).toList();
        return mapped.size() == mapped.stream().distinct().count();
    }

    /** Whether both have as many layers and each came from the one at its own depth. */
    public boolean identity() {
        List<Integer> layers = layers();
        return layers.size() == layersInBase()
                && IntStream.range(0, layers.size()).allMatch(layer -> layers.get(layer) == layer);
    }

    /** For every layer of the derived model the layer of the base that it came from, or {@value #NONE}. */
    public List<Integer> layers() {
        return Arrays.stream(layersOfDerived)
                .distinct()
                .mapToObj(this::baseLayer)
                .toList();
    }

    int layersInBase() {
        return (int) Arrays.stream(layersOfBase).distinct().count();
    }

    private int baseLayer(int derivedLayer) {
        return IntStream.range(0, baseUnits.length)
                .filter(unit -> layersOfDerived[unit] == derivedLayer && baseUnits[unit] != NONE)
                .map(unit -> layersOfBase[baseUnits[unit]])
                .findFirst()
                .orElse(NONE);
    }
}
