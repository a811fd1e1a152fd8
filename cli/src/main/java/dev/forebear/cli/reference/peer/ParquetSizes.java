package dev.forebear.cli.reference.peer;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * What a parquet file says of its sizes, held against the file and what signals need: the library that reads it asks
 * for memory for all that is said.
 */
final class ParquetSizes {

    /** Sixteen times the largest matrix of anchors. */
    private static final int MOST_ROWS = 1 << 24;

    /** Sixteen times what writers aim at. */
    private static final int MOST_PAGE_BYTES = 16 << 20;

    private ParquetSizes() {}

    /** @throws IOException with the file, what was expected and what was found */
    static void require(String name, File file, ParquetMetadata metadata) throws IOException {
        long rows = 0;
        for (BlockMetaData block : metadata.getBlocks()) {
            int of = Limits.require(name + ": rows", block.getRowCount(), MOST_ROWS);
            rows = Limits.require(name + ": rows", rows + of, MOST_ROWS);
            for (ColumnChunkMetaData column : block.getColumns()) {
                requireInside(name, file, column);
                requirePages(name + ": " + column.getPath().toDotString(), file, column, of);
            }
        }
    }

    private static void requireInside(String name, File file, ColumnChunkMetaData column) throws IOException {
        long from = column.getStartingPos();
        long size = column.getTotalSize();
        if (from < 0 || size < 0 || from > file.length() || size > file.length() - from) {
            throw new IOException(name + ": " + column.getPath().toDotString() + ": expected a column within "
                    + file.length() + " bytes, found one of " + size + " from " + from);
        }
    }

    private static void requirePages(String column, File file, ColumnChunkMetaData chunk, int rows) throws IOException {
        int left = Limits.require(column + ": values", chunk.getValueCount(), rows);
        try (InputStream in = new BufferedInputStream(new FileInputStream(file))) {
            in.skipNBytes(chunk.getStartingPos());
            while (left > 0) {
                PageHeader page = page(column, left, in);
                Limits.require(column + ": bytes of a page", page.getUncompressed_page_size(), MOST_PAGE_BYTES);
                Limits.require(column + ": entries of a dictionary", entries(page), rows);
                left -= Limits.require(column + ": values of a page", values(page), rows);
                in.skipNBytes(Limits.require(
                        column + ": bytes of a page in the file", page.getCompressed_page_size(), MOST_PAGE_BYTES));
            }
        } catch (EOFException cut) {
            throw noPage(column, left, cut);
        }
    }

    private static PageHeader page(String column, int left, InputStream in) throws IOException {
        try {
            return Util.readPageHeader(in);
        } catch (IOException broken) {
            throw noPage(column, left, broken);
        }
    }

    private static IOException noPage(String column, int left, IOException broken) {
        return new IOException(column + ": expected a page of " + left + " more values, found none", broken);
    }

    private static int entries(PageHeader page) {
        return page.isSetDictionary_page_header()
                ? page.getDictionary_page_header().getNum_values()
                : 0;
    }

    private static int values(PageHeader page) {
        if (page.isSetData_page_header()) {
            return page.getData_page_header().getNum_values();
        }
        return page.isSetData_page_header_v2() ? page.getData_page_header_v2().getNum_values() : 0;
    }
}
