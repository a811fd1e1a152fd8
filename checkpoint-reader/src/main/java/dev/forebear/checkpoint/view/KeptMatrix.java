package dev.forebear.checkpoint.view;

import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.plan.DryRun;
import java.io.IOException;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * A matrix by rows, as it is stored or turned, kept while memory lasts: where any row costs the whole matrix, many rows
 * cost it once. Safe for use by several threads.
 */
public final class KeptMatrix {

    /** Most values that are kept; a larger matrix is read again for every row. */
    public static final int MOST = 1 << 24;

    private final Tensor stored;
    private final boolean transposed;
    private volatile @Nullable DryRun plannedIn;
    private volatile SoftReference<float @Nullable []> kept = new SoftReference<>(null);

    private KeptMatrix(Tensor stored, boolean transposed) {
        this.stored = stored;
        this.transposed = transposed;
    }

    /** The matrix as it is stored. */
    public static KeptMatrix of(Tensor stored) {
        return new KeptMatrix(stored, false);
    }

    /** Its columns as rows. */
    public static KeptMatrix transposed(Tensor stored) {
        return new KeptMatrix(stored, true);
    }

    public int rows() {
        return Math.toIntExact(stored.shape().get(transposed ? 1 : 0));
    }

    public int columns() {
        return Math.toIntExact(stored.shape().get(transposed ? 0 : 1));
    }

    /** Rows one after another. */
    public float[] rows(int first, int count) throws IOException {
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
        if (stored.elements() > MOST) {
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
