package dev.forebear.checkpoint.adapter;

import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.plan.DryRun;
import java.io.IOException;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * One of the two narrow matrices whose product is an update, by rows. Kept while memory lasts, so that reading many
 * rows of a matrix costs its factors once. Safe for use by several threads.
 */
final class Factor {

    /** Most values kept of one factor; a larger one is read again for every row. */
    private static final int KEPT = 1 << 22;

    private final Tensor stored;
    private final boolean transposed;
    private volatile @Nullable DryRun plannedIn;
    private volatile SoftReference<float @Nullable []> kept = new SoftReference<>(null);

    private Factor(Tensor stored, boolean transposed) {
        this.stored = stored;
        this.transposed = transposed;
    }

    /** The matrix as it is stored. */
    static Factor of(Tensor stored) {
        return new Factor(stored, false);
    }

    /** Its columns as rows. */
    static Factor transposed(Tensor stored) {
        return new Factor(stored, true);
    }

    int rows() {
        return Math.toIntExact(stored.shape().get(transposed ? 1 : 0));
    }

    int columns() {
        return Math.toIntExact(stored.shape().get(transposed ? 0 : 1));
    }

    /** Rows one after another. */
    float[] rows(int first, int count) throws IOException {
        var rows = new float[Math.multiplyExact(count, columns())];
        float[] all = all();
        if (!transposed) {
            if (all == null) {
                stored.read((long) first * columns(), rows.length, rows, 0);
            } else {
                System.arraycopy(all, first * columns(), rows, 0, rows.length);
            }
            return rows;
        }
        var line = new float[count];
        for (int column = 0; column < columns(); column++) {
            if (all == null) {
                stored.read((long) column * rows() + first, count, line, 0);
            } else {
                System.arraycopy(all, column * rows() + first, line, 0, count);
            }
            for (int row = 0; row < count; row++) {
                rows[row * columns() + column] = line[row];
            }
        }
        return rows;
    }

    private float @Nullable [] all() throws IOException {
        if (stored.elements() > KEPT) {
            return null;
        }
        float[] all = kept.get();
        if (all != null) {
            return all;
        }
        all = new float[(int) stored.elements()];
        DryRun dryRun = DryRun.current();
        if (dryRun == null || dryRun != plannedIn) {
            stored.read(0, all.length, all, 0);
        }
        plannedIn = dryRun;
        if (dryRun == null) {
            kept = new SoftReference<>(all);
        }
        return all;
    }
}
