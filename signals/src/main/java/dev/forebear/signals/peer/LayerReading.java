package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the matrices of one block yield.
 *
 * @param energy sum of their Frobenius norms
 * @param sample sampled values of its attention and MLP projections, one after another
 */
record LayerReading(double energy, float[] sample) {

    private static final int MOST_SAMPLED = 32;
    private static final int LONGEST_SAMPLE = 1 << 24;

    /** Reads every value. The sample ends before the matrix that would take it over 16 Mi values. */
    static LayerReading whole(List<Tensor> matrices) throws IOException {
        List<float[]> samples = new ArrayList<>();
        double energy = 0;
        long length = 0;
        for (Tensor matrix : matrices) {
            MatrixReading reading = MatrixReading.whole(matrix);
            energy += reading.norm();
            length += TensorNames.isProjection(matrix.name()) ? reading.sample().length : 0;
            if (TensorNames.isProjection(matrix.name()) && length <= LONGEST_SAMPLE) {
                samples.add(reading.sample());
            }
        }
        return new LayerReading(energy, concatenated(samples));
    }

    /** Reads blocks of large matrices, and of a block with many experts 32 evenly spaced ones. */
    static LayerReading sampled(List<Tensor> matrices) throws IOException {
        int count = Math.min(matrices.size(), MOST_SAMPLED);
        List<float[]> samples = new ArrayList<>();
        double energy = 0;
        for (int i = 0; i < count; i++) {
            Tensor matrix = matrices.get((int) ((long) i * matrices.size() / count));
            MatrixReading reading = MatrixReading.sampled(matrix);
            energy += reading.norm();
            if (TensorNames.isProjection(matrix.name())) {
                samples.add(reading.sample());
            }
        }
        return new LayerReading(energy * matrices.size() / count, concatenated(samples));
    }

    private static float[] concatenated(List<float[]> samples) {
        int length = samples.stream().mapToInt(sample -> sample.length).sum();
        float[] all = new float[length];
        int at = 0;
        for (float[] sample : samples) {
            System.arraycopy(sample, 0, all, at, sample.length);
            at += sample.length;
        }
        return all;
    }
}
