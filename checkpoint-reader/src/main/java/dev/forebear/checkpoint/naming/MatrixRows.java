package dev.forebear.checkpoint.naming;

/**
 * Which outputs of a stored linear map make up one matrix: blocks of {@code block} outputs, one every {@code stride},
 * the first at {@code offset}.
 *
 * <pre>
 *   concatenated  qqqqkkvv      block = rows
 *   grouped       qqkvqqkv      block = rows of one group
 * </pre>
 *
 * @param stored outputs of the stored map
 * @param rows outputs of this matrix
 */
record MatrixRows(int stored, int rows, int offset, int block, int stride) {

    /** All outputs. */
    static MatrixRows all(int rows) {
        return range(rows, 0, rows);
    }

    /** Outputs {@code offset} to {@code offset + rows - 1}. */
    static MatrixRows range(int stored, int offset, int rows) {
        return new MatrixRows(stored, rows, offset, rows, stored);
    }

    /** Stored output behind output {@code row}. */
    int storedRow(int row) {
        return offset + row / block * stride + row % block;
    }

    /** How many outputs from {@code row} on lie one after another. */
    int run(int row) {
        return block - row % block;
    }
}
