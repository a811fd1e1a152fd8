package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Tensor;
import dev.forebear.signals.statistics.FloatRows;
import java.io.IOException;

/**
 * What one pass over a tensor yields for the two signals that look at every block.
 *
 * @param norm Frobenius norm
 * @param sample all values of a tensor of up to 4,096, else every n-th, 4,096 of them
 */
record MatrixReading(double norm, float[] sample) {

    private static final int SAMPLE = 4_096;
    private static final int CHUNK = 1 << 18;
    private static final int READ_WHOLE = 131_072;
    private static final int BLOCKS = 4;
    private static final int BLOCK = READ_WHOLE / BLOCKS;

    /** Reads every value, a chunk of 1 MiB at a time. */
    static MatrixReading whole(Tensor tensor) throws IOException {
        long elements = tensor.elements();
        long stride = Math.max(1, elements / SAMPLE);
        float[] sample = new float[(int) Math.min(elements, SAMPLE)];
        float[] chunk = new float[(int) Math.min(elements, CHUNK)];
        double squares = 0;
        int sampled = 0;
        for (long first = 0; first < elements; first += chunk.length) {
            int count = (int) Math.min(chunk.length, elements - first);
            tensor.read(first, count, chunk, 0);
            squares += FloatRows.squaredLength(chunk, 0, count);
            while (sampled < sample.length && sampled * stride < first + count) {
                sample[sampled] = chunk[(int) (sampled * stride - first)];
                sampled++;
            }
        }
        return new MatrixReading(Math.sqrt(squares), sample);
    }

    /**
     * Reads every value of a tensor of up to 131,072, else four evenly spaced blocks of 32,768: the norm is scaled up
     * from them, the sample is the first 1,024 values of each.
     */
    static MatrixReading sampled(Tensor tensor) throws IOException {
        if (tensor.elements() <= READ_WHOLE) {
            return whole(tensor);
        }
        float[] sample = new float[SAMPLE];
        float[] block = new float[BLOCK];
        double squares = 0;
        for (int i = 0; i < BLOCKS; i++) {
            tensor.read((tensor.elements() - BLOCK) / (BLOCKS - 1) * i, BLOCK, block, 0);
            squares += FloatRows.squaredLength(block, 0, BLOCK);
            System.arraycopy(block, 0, sample, i * SAMPLE / BLOCKS, SAMPLE / BLOCKS);
        }
        return new MatrixReading(Math.sqrt(squares * tensor.elements() / READ_WHOLE), sample);
    }
}
