package dev.forebear.replay.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as RFC 4180 has it: UTF-8, lines that end in CR LF, a heading, every text in quotes. A text that a
 * spreadsheet would take for a formula begins with an apostrophe, and what cannot be seen is written out; the JSON
 * document holds texts as they are.
 */
final class Csv implements AutoCloseable {

    private static final String FORMULA_STARTS = "=+-@|%";
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private final SequenceWriter rows;

    Csv(Writer writer, List<String> columns) throws IOException {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        columns.forEach(schema::addColumn);
        rows = MAPPER.writerFor(List.class).with(schema.build()).writeValues(writer);
    }

    /** @param cells texts, numbers, booleans, or null for nothing; as many as columns */
    void row(@Nullable Object... cells) throws IOException {
        List<@Nullable Object> safe = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            safe.add(cell instanceof String text ? safe(text) : cell);
        }
        rows.write(safe);
    }

    private static String safe(String text) {
        String visible = Visible.of(text);
        String content = visible.strip();
        return !content.isEmpty() && FORMULA_STARTS.indexOf(content.charAt(0)) >= 0 ? "'" + visible : visible;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
