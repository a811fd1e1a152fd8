package dev.forebear.signals.evidence;

import java.util.Arrays;

/**
 * The matrices of one kind of functional, one of every sampled layer, ready to be compared: packed, with their norms,
 * and as signs, of each layer and of the sum of all, which tell cheaply where a comparison is worth it.
 */
final class ProjectedLayers {

    private final int layers;
    private final int ints;
    private final int longs;
    private final int[] packed;
    private final double[] norms;
    private final long[] signs;
    private final long[] signsOfSum;
    private final boolean present;

    /** @param matrices layers × size int8; size must be a multiple of 4 or there must be one layer */
    ProjectedLayers(byte[] matrices, int size) {
        layers = matrices.length / size;
        ints = (size + 3) / 4;
        longs = SignBits.longs(size);
        packed = new int[layers * ints];
        norms = new double[layers];
        signs = new long[layers * longs];
        double[] sum = new double[size];
        for (int layer = 0; layer < layers; layer++) {
            byte[] matrix = Arrays.copyOfRange(matrices, layer * size, (layer + 1) * size);
            System.arraycopy(PackedBytes.of(matrix), 0, packed, layer * ints, ints);
            norms[layer] = Math.sqrt(PackedBytes.dot(packed, layer * ints, packed, layer * ints, ints));
            if (norms[layer] > 0) {
                addUnit(matrix, norms[layer], sum);
            }
            System.arraycopy(SignBits.of(matrix), 0, signs, layer * longs, longs);
        }
        signsOfSum = SignBits.of(sum);
        present = Arrays.stream(norms).anyMatch(norm -> norm > 0);
    }

    private static void addUnit(byte[] matrix, double norm, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += matrix[i] / norm;
        }
    }

    int layers() {
        return layers;
    }

    /** Whether any layer holds anything. */
    boolean isPresent() {
        return present;
    }

    /** Cosine of two layers; 0 when either is zero. */
    double cosine(int layer, ProjectedLayers other, int layerOfOther) {
        double scale = norms[layer] * other.norms[layerOfOther];
        return scale > 0 ? PackedBytes.dot(packed, layer * ints, other.packed, layerOfOther * ints, ints) / scale : 0;
    }

    /** Number of signs in which two layers differ. */
    int differing(int layer, ProjectedLayers other, int layerOfOther) {
        return SignBits.differing(signs, layer * longs, other.signs, layerOfOther * longs, longs);
    }

    void copySignsOfSum(long[] to, int at) {
        System.arraycopy(signsOfSum, 0, to, at, longs);
    }

    /** Number of signs in which the sums of all layers differ. */
    int differing(ProjectedLayers other) {
        return SignBits.differing(signsOfSum, 0, other.signsOfSum, 0, longs);
    }
}
