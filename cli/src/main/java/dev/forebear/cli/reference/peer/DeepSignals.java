package dev.forebear.cli.reference.peer;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import dev.forebear.signals.peer.PeerVectors;
import java.io.File;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The values of a model's signals: a parquet file of one row for each value, in any order.
 *
 * @param anchorSimilarities K × K, row by row; empty when the file has none
 * @param weightValues by layer
 */
record DeepSignals(
        float[] anchorSimilarities,
        float[] normLayers,
        float[] layerEnergies,
        float[] embeddingNorms,
        SortedMap<Integer, float[]> weightValues) {

    /** Of a model of which the database has no values. */
    static final DeepSignals NONE =
            new DeepSignals(new float[0], new float[0], new float[0], new float[0], new TreeMap<>());

    private static final List<String> COLUMNS = List.of("signal", "layer", "row", "col", "value");
    private static final List<CompressionCodecName> COMPRESSIONS = List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW);
    private static final int MOST_ANCHORS = 1_024;

    /** @throws IOException with the file, what was expected and what was found */
    static DeepSignals read(String name, File file) throws IOException {
        requireSound(name, file);
        var values = new Values(name);
        try (Stream<Row> rows = rows(name, file)) {
            Iterator<Row> each = rows.iterator();
            while (each.hasNext()) {
                values.add(each.next());
            }
        } catch (RuntimeException | OutOfMemoryError broken) {
            // Sizes were checked, but not all that the library may ask memory for.
            throw broken(name, broken);
        }
        return values.signals();
    }

    private static Stream<Row> rows(String name, File file) throws IOException {
        try {
            Hydrator<Row, Row, String> hydrator = new RowHydrator();
            return ParquetReader.stream(ParquetReader.spliterator(file, hydrator, path -> String.join(".", path)));
        } catch (IOException broken) {
            throw broken(name, broken);
        }
    }

    private static IOException broken(String name, Throwable failure) {
        return new IOException(name + ": expected a parquet file of signals, found " + failure.getMessage(), failure);
    }

    private static void requireSound(String name, File file) throws IOException {
        try {
            ParquetMetadata metadata = metadata(name, file);
            requireColumns(name, metadata);
            requireCompression(name, metadata);
            ParquetSizes.require(name, file, metadata);
        } catch (RuntimeException broken) {
            throw broken(name, broken);
        }
    }

    private static ParquetMetadata metadata(String name, File file) throws IOException {
        try {
            return ParquetReader.readMetadata(file);
        } catch (IOException broken) {
            throw broken(name, broken);
        }
    }

    private static void requireColumns(String name, ParquetMetadata metadata) throws IOException {
        List<String> found = metadata.getFileMetaData().getSchema().getFields().stream()
                .map(field -> field.getName())
                .toList();
        if (!found.containsAll(COLUMNS)) {
            throw new IOException(name + ": expected the columns " + COLUMNS + ", found " + found);
        }
    }

    /** The library would look for others in one that is not there, which is an error and no exception. */
    private static void requireCompression(String name, ParquetMetadata metadata) throws IOException {
        for (BlockMetaData block : metadata.getBlocks()) {
            for (ColumnChunkMetaData column : block.getColumns()) {
                if (!COMPRESSIONS.contains(column.getCodec())) {
                    throw new IOException(
                            name + ": compression: expected one of " + COMPRESSIONS + ", found " + column.getCodec());
                }
            }
        }
    }

    /** One value and what it is of. Used again for every row of the file. */
    static final class Row {

        private @Nullable String signal;
        private @Nullable Number layer;
        private @Nullable Number row;
        private @Nullable Number column;
        private @Nullable Number value;
    }

    /** Fills the row. */
    private static final class RowHydrator implements Hydrator<Row, Row, String> {

        private final Row row = new Row();

        @Override
        public Row start() {
            row.signal = null;
            row.layer = null;
            row.row = null;
            row.column = null;
            row.value = null;
            return row;
        }

        @Override
        public Row add(Row target, String column, @Nullable Object value) {
            switch (column) {
                case "signal" -> target.signal = value == null ? null : value.toString();
                case "layer" -> target.layer = number(value);
                case "row" -> target.row = number(value);
                case "col" -> target.column = number(value);
                case "value" -> target.value = number(value);
                default -> {
                    // a column that nobody asked for
                }
            }
            return target;
        }

        private static @Nullable Number number(@Nullable Object value) {
            return value instanceof Number number ? number : null;
        }

        @Override
        public Row finish(Row target) {
            return target;
        }
    }

    /** Values as they come in. */
    private static final class Values {

        private final String name;
        private final GatheredValues anchors;
        private final GatheredValues norms;
        private final GatheredValues energies;
        private final GatheredValues histogram;
        private final SortedMap<Integer, GatheredValues> layers = new TreeMap<>();

        Values(String name) {
            this.name = name;
            this.anchors = new GatheredValues(name + ": eas_self_sim", MOST_ANCHORS * MOST_ANCHORS);
            this.norms = new GatheredValues(name + ": nlf_vector", PeerVectors.MOST_NORM_VALUES);
            this.energies = new GatheredValues(name + ": lep_profile", Limits.LAYERS);
            this.histogram = new GatheredValues(name + ": end_histogram", Limits.BINS);
        }

        void add(Row row) throws IOException {
            int index = index("row", row.row, Integer.MAX_VALUE - 1);
            float value = row.value == null ? Float.NaN : row.value.floatValue();
            switch (row.signal) {
                case null -> throw new IOException(name + ": signal: expected a name, found none");
                case "eas_self_sim" -> anchors.put(anchor(row, index), value);
                case "nlf_vector" -> norms.put(index, value);
                case "lep_profile" -> energies.put(index, value);
                case "end_histogram" -> histogram.put(index, value);
                case "wvc_layer_sigs" -> layer(row).put(index, value);
                case "wsp_signature" -> {
                    // which takes no part in the peer's scores
                }
                default ->
                    throw new IOException(name + ": signal: expected one of the peer's, found '" + row.signal + "'");
            }
        }

        private int anchor(Row row, int index) throws IOException {
            int column = index("col", row.column, MOST_ANCHORS - 1);
            return Limits.require(name + ": row", index, MOST_ANCHORS - 1) * MOST_ANCHORS + column;
        }

        private GatheredValues layer(Row row) throws IOException {
            int layer = index("layer", row.layer, Limits.LAYERS - 1);
            return layers.computeIfAbsent(
                    layer,
                    number -> new GatheredValues(
                            name + ": wvc_layer_sigs of layer " + number, PeerVectors.MOST_WEIGHT_VALUES));
        }

        private int index(String column, @Nullable Number found, int most) throws IOException {
            if (found == null || found.doubleValue() != found.longValue()) {
                throw new IOException(name + ": " + column + ": expected a whole number, found " + found);
            }
            return Limits.require(name + ": " + column, found.longValue(), most);
        }

        DeepSignals signals() throws IOException {
            SortedMap<Integer, float[]> weightValues = new TreeMap<>();
            for (var layer : layers.entrySet()) {
                weightValues.put(layer.getKey(), layer.getValue().vector());
            }
            return new DeepSignals(
                    anchors.square(MOST_ANCHORS), norms.vector(), energies.vector(), histogram.vector(), weightValues);
        }
    }
}
