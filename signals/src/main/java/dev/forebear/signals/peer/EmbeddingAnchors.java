package dev.forebear.signals.peer;

import dev.forebear.signals.statistics.FloatRows;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Embedding anchor similarity (the peer's EAS): whether the same strings lie in the same constellation in two
 * embeddings. Costs 64 rows of the embedding. Independent models learn that digits lie near digits too, so a high value
 * is the rule, not the exception.
 *
 * @param ids tokens, in the order of rows and columns
 * @param cosines K × K, symmetric, -1 to 1
 */
record EmbeddingAnchors(int[] ids, float[][] cosines) {

    private static final int FEWEST = 16;
    private static final int FEWEST_COMPARED = 8;
    private static final float SMALLEST_NORM = 1e-8f;

    /** Null with fewer than 16 anchors or with values that are not finite. */
    static @Nullable EmbeddingAnchors of(EmbeddingTable table, int[] ids) throws IOException {
        if (ids.length < FEWEST) {
            return null;
        }
        float[][] directions = new float[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            float[] row = new float[table.columns()];
            table.read(ids[i], 1, row);
            directions[i] = direction(row);
        }
        float[][] cosines = new float[ids.length][ids.length];
        for (int i = 0; i < ids.length; i++) {
            for (int j = 0; j <= i; j++) {
                float cosine = (float) FloatRows.dot(directions[i], 0, directions[j]);
                if (!Float.isFinite(cosine)) {
                    return null;
                }
                cosines[i][j] = cosine;
                cosines[j][i] = cosine;
            }
        }
        return new EmbeddingAnchors(ids, cosines);
    }

    private static float[] direction(float[] row) {
        float norm = Math.max(SMALLEST_NORM, (float) Math.sqrt(FloatRows.dot(row, 0, row)));
        float[] direction = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            direction[i] = row[i] / norm;
        }
        return direction;
    }

    /** 0 to 1, rounded; over the first anchors that both have; null with fewer than 8 of them. */
    static @Nullable Double similarity(EmbeddingAnchors a, EmbeddingAnchors b) {
        int side = Math.min(a.ids.length, b.ids.length);
        return side < FEWEST_COMPARED
                ? null
                : VectorSimilarity.correlation(a.upperTriangle(side), b.upperTriangle(side));
    }

    /** The same of what travels: cosines times 32767. */
    static @Nullable Double similarity(short[] a, short[] b) {
        int side = Math.min(side(a.length), side(b.length));
        return side < FEWEST_COMPARED ? null : VectorSimilarity.correlation(trimmed(a, side), trimmed(b, side));
    }

    /** Rows above the diagonal, one after another, of the first anchors. */
    private double[] upperTriangle(int side) {
        double[] triangle = new double[side * (side - 1) / 2];
        int at = 0;
        for (int i = 0; i < side; i++) {
            for (int j = i + 1; j < side; j++) {
                triangle[at++] = cosines[i][j];
            }
        }
        return triangle;
    }

    /** The upper triangle times 32767. */
    short[] quantised() {
        double[] triangle = upperTriangle(ids.length);
        short[] quantised = new short[triangle.length];
        for (int i = 0; i < triangle.length; i++) {
            quantised[i] = (short) Math.round(Math.clamp(triangle[i], -1, 1) * Short.MAX_VALUE);
        }
        return quantised;
    }

    private static int side(int triangle) {
        return triangle == 0 ? 0 : (int) Math.round((1 + Math.sqrt(1 + 8.0 * triangle)) / 2);
    }

    private static short[] trimmed(short[] triangle, int wanted) {
        int side = side(triangle.length);
        if (side == wanted) {
            return triangle;
        }
        short[] trimmed = new short[wanted * (wanted - 1) / 2];
        int from = 0;
        int at = 0;
        for (int i = 0; i < wanted - 1; i++) {
            System.arraycopy(triangle, from, trimmed, at, wanted - 1 - i);
            at += wanted - 1 - i;
            from += side - 1 - i;
        }
        return trimmed;
    }
}
