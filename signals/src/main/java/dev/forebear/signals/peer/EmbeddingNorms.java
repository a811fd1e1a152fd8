package dev.forebear.signals.peer;

import dev.forebear.signals.statistics.FloatRows;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Embedding norm distribution (the peer's END): the histogram of the lengths of token embeddings. In full it costs the
 * whole embedding; for a fingerprint at most 8,192 rows. Frequent tokens are longer in every model, so histograms of
 * strangers are alike.
 *
 * @param shares 20 bins of equal width, sum 1
 * @param smallest lower edge of the first bin
 * @param largest upper edge of the last bin
 */
record EmbeddingNorms(float[] shares, float smallest, float largest) {

    private static final int BINS = 20;
    private static final int CHUNK = 1 << 18;
    private static final int SAMPLED_BLOCKS = 64;
    private static final int ROWS_PER_BLOCK = 128;

    /** From all rows; null when a value is not finite. */
    static @Nullable EmbeddingNorms of(EmbeddingTable table) throws IOException {
        float[] norms = new float[table.rows()];
        readNorms(table, 0, table.rows(), norms, 0);
        return histogram(norms);
    }

    /** From all rows up to 8,192, else from 64 evenly spaced blocks of 128 rows; null when a value is not finite. */
    static @Nullable EmbeddingNorms sampled(EmbeddingTable table) throws IOException {
        if (table.rows() <= SAMPLED_BLOCKS * ROWS_PER_BLOCK) {
            return of(table);
        }
        float[] norms = new float[SAMPLED_BLOCKS * ROWS_PER_BLOCK];
        for (int block = 0; block < SAMPLED_BLOCKS; block++) {
            int first = (int) ((long) block * (table.rows() - ROWS_PER_BLOCK) / (SAMPLED_BLOCKS - 1));
            readNorms(table, first, ROWS_PER_BLOCK, norms, block * ROWS_PER_BLOCK);
        }
        return histogram(norms);
    }

    private static void readNorms(EmbeddingTable table, int first, int count, float[] norms, int at)
            throws IOException {
        int rowsPerChunk = Math.clamp(CHUNK / table.columns(), 1, count);
        float[] chunk = new float[Math.multiplyExact(rowsPerChunk, table.columns())];
        for (int done = 0; done < count; done += rowsPerChunk) {
            int rows = Math.min(rowsPerChunk, count - done);
            table.read(first + done, rows, chunk);
            for (int row = 0; row < rows; row++) {
                norms[at + done + row] =
                        (float) Math.sqrt(FloatRows.squaredLength(chunk, row * table.columns(), table.columns()));
            }
        }
    }

    /** Bins as numpy cuts them: single precision edges, the last bin closed, half a unit around a single value. */
    static @Nullable EmbeddingNorms histogram(float[] norms) {
        float smallest = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (float norm : norms) {
            smallest = Math.min(smallest, norm);
            largest = Math.max(largest, norm);
        }
        if (!Float.isFinite(smallest) || !Float.isFinite(largest)) {
            return null;
        }
        if (smallest == largest) {
            smallest -= 0.5f;
            largest += 0.5f;
        }
        float[] edges = edges(smallest, largest);
        int[] counts = new int[BINS];
        for (float norm : norms) {
            counts[bin(norm, edges)]++;
        }
        float[] shares = new float[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            shares[bin] = (float) counts[bin] / norms.length;
        }
        return new EmbeddingNorms(shares, smallest, largest);
    }

    private static float[] edges(float smallest, float largest) {
        float[] edges = new float[BINS + 1];
        for (int i = 0; i <= BINS; i++) {
            edges[i] = (float) (smallest + ((double) largest - smallest) / BINS * i);
        }
        edges[BINS] = largest;
        return edges;
    }

    private static int bin(float norm, float[] edges) {
        int bin = (int) ((norm - edges[0]) / (edges[BINS] - edges[0]) * BINS);
        bin = Math.clamp(bin, 0, BINS - 1);
        if (norm < edges[bin]) {
            return bin - 1;
        }
        return bin < BINS - 1 && norm >= edges[bin + 1] ? bin + 1 : bin;
    }

    static @Nullable Double similarity(EmbeddingNorms a, EmbeddingNorms b) {
        return similarity(a.shares, b.shares);
    }

    /** Cosine of two histograms, 0 to 1, rounded; null when one is empty. */
    static @Nullable Double similarity(float[] a, float[] b) {
        return a.length != b.length ? null : VectorSimilarity.clampedToUnit(VectorSimilarity.cosine(a, b, a.length));
    }
}
