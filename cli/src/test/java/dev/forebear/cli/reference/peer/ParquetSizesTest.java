package dev.forebear.cli.reference.peer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSizesTest {

    private static final int ROWS = 10;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writePages() throws IOException {
        file = folder.resolve("signals.parquet");
        write(dictionary(3, 12), values(4, 16), values(6, 24));
    }

    @Test
    void takeSizesThatAreSo() {
        assertThatCode(() -> require(ROWS, ROWS, size())).doesNotThrowAnyException();
    }

    @Test
    void nameAColumnThatEndsBehindTheFile() {
        assertRefused(
                ROWS,
                ROWS,
                1L << 40,
                "signals.parquet: row: expected a column within " + size() + " bytes, found"
                        + " one of 1099511627776 from 0");
    }

    @Test
    void nameMoreRowsThanSignalsHave() {
        assertRefused(
                1L << 40,
                ROWS,
                size(),
                "signals.parquet: rows: expected a number from 0 to 16777216, found" + " 1099511627776");
    }

    @Test
    void nameMoreValuesThanRows() throws IOException {
        assertRefused(ROWS, ROWS + 1, size(), "signals.parquet: row: values: expected a number from 0 to 10, found 11");
        write(values(1_000_000_000, 16));
        assertRefused(ROWS, ROWS, size(), "row: values of a page: expected a number from 0 to 10, found 1000000000");
        write(dictionary(1_000_000_000, 16), values(10, 40));
        assertRefused(
                ROWS, ROWS, size(), "row: entries of a dictionary: expected a number from 0 to 10, found 1000000000");
    }

    @Test
    void nameAPageThatNoWriterMakesSoLarge() throws IOException {
        write(values(10, 1 << 30));
        assertRefused(
                ROWS,
                ROWS,
                size(),
                "row: bytes of a page: expected a number from 0 to 16777216, found" + " 1073741824");
    }

    @Test
    void namePagesThatEndTooSoon() throws IOException {
        write(values(4, 16));
        assertRefused(ROWS, ROWS, size(), "row: expected a page of 6 more values, found none");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertRefused(ROWS, ROWS, size(), "row: expected a page of 6 more values, found none");
    }

    private long size() {
        return file.toFile().length();
    }

    private void assertRefused(long rows, long values, long columnBytes, String expected) {
        assertThatThrownBy(() -> require(rows, values, columnBytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(expected);
    }

    private void require(long rows, long values, long columnBytes) throws IOException {
        var type = Types.required(PrimitiveTypeName.INT32).named("row");
        var column = ColumnChunkMetaData.get(
                ColumnPath.get("row"),
                type,
                CompressionCodecName.UNCOMPRESSED,
                null,
                Set.of(),
                Statistics.createStats(type),
                0,
                0,
                values,
                columnBytes,
                columnBytes);
        var block = new BlockMetaData();
        block.setRowCount(rows);
        block.addColumn(column);
        var schema = Types.buildMessage().addField(type).named("signals");
        File signals = file.toFile();
        ParquetSizes.require(
                "signals.parquet",
                signals,
                new ParquetMetadata(new FileMetaData(schema, Map.of(), "a test"), List.of(block)));
    }

    private void write(PageHeader... pages) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (PageHeader page : pages) {
                Util.writePageHeader(page, out);
                out.write(new byte[Math.min(1_000, page.getCompressed_page_size())]);
            }
        }
    }

    private static PageHeader values(int count, int bytes) {
        var page = new PageHeader(PageType.DATA_PAGE, bytes, bytes);
        page.setData_page_header(new DataPageHeader(count, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        return page;
    }

    private static PageHeader dictionary(int count, int bytes) {
        var page = new PageHeader(PageType.DICTIONARY_PAGE, bytes, bytes);
        page.setDictionary_page_header(new DictionaryPageHeader(count, Encoding.PLAIN));
        return page;
    }
}
