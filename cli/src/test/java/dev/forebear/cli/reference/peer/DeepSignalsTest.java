package dev.forebear.cli.reference.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.cli.reference.SmallPeerDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeepSignalsTest {

    /** In the footer, behind the name of a column: a number follows that says SNAPPY. */
    private static final String COMPRESSION = "value\u0015";

    private static final String SNAPPY = "\u0002";
    private static final String GZIP = "\u0004";

    @Test
    void namesACompressionThatIsNotRead(@TempDir Path folder) throws Exception {
        SmallPeerDatabase.write(folder, "base-b");
        Path file;
        try (var files = Files.walk(folder)) {
            file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(DeepSignals.read("signals.parquet", file.toFile()).normLayers())
                .isNotEmpty();

        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, content.replace(COMPRESSION + SNAPPY, COMPRESSION + GZIP), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> DeepSignals.read("signals.parquet", file.toFile()))
                .isInstanceOf(IOException.class)
                .hasMessage("signals.parquet: compression: expected one of [UNCOMPRESSED, SNAPPY, ZSTD, LZ4_RAW],"
                        + " found GZIP");
    }
}
