package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a derived model and, block by block, the rows of its relatives that they came from, in coordinates in which
 * they may be subtracted from each other. Relatives have the numbers of the list they were given in. Arrays are shared
 * and must not be changed.
 */
interface CommonRows {

    int blocks();

    /** Never empty. */
    double[][] derived(int block) throws IOException;

    /** As many rows as the derived model has, a row without a counterpart empty; null when the block has none. */
    double @Nullable [][] relative(int relative, int block) throws IOException;

    /** The same with one of the relatives in place of the derived model, and only the blocks that it has. */
    default CommonRows asIfDerived(int relative) throws IOException {
        List<Integer> present = new ArrayList<>();
        for (int block = 0; block < blocks(); block++) {
            if (relative(relative, block) != null) {
                present.add(block);
            }
        }
        CommonRows all = this;
        return new CommonRows() {
            @Override
            public int blocks() {
                return present.size();
            }

            @Override
            public double[][] derived(int block) throws IOException {
                return Objects.requireNonNull(all.relative(relative, present.get(block)));
            }

            @Override
            public double @Nullable [][] relative(int other, int block) throws IOException {
                return all.relative(other, present.get(block));
            }
        };
    }
}
