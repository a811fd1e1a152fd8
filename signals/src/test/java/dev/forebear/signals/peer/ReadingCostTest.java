package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.ReadTotals;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures what the features of a fingerprint cost to read, on sparse files of true size; docs/signals.md cites it. */
class ReadingCostTest {

    @TempDir
    private Path folder;

    @Test
    void documentStatesTheCostOfEightBillionParameters() throws IOException {
        assertDocumentStatesCost("8B", 4_096, 14_336, 32);
    }

    @Test
    void documentStatesTheCostOfSeventyBillionParameters() throws IOException {
        assertDocumentStatesCost("70B", 8_192, 28_672, 80);
    }

    private void assertDocumentStatesCost(String name, int hidden, int intermediate, int layers) throws IOException {
        writeLlama(hidden, intermediate, layers);
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            ReadTotals opened = checkpoint.totals();
            PeerFeatures.of(checkpoint);
            ReadTotals after = checkpoint.totals();
            String statement = String.format(
                    Locale.ROOT,
                    "%s: %d MB in about %,d reads",
                    name,
                    Math.round((after.bytes() - opened.bytes()) / 1e6),
                    Math.round((after.requests() - opened.requests()) / 100.0) * 100);
            SignalsDocument.assertStates(statement);
        }
    }

    private void writeLlama(int hidden, int intermediate, int layers) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\":\"llama\",\"hidden_size\":%d,\"num_hidden_layers\":%d,\"num_attention_heads\":32,\"vocab_size\":128256}"
                        .formatted(hidden, layers));
        Header header = new Header();
        header.add("lm_head.weight", 128_256, hidden);
        header.add("model.embed_tokens.weight", 128_256, hidden);
        header.add("model.norm.weight", hidden);
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "model.layers." + layer + ".";
            header.add(prefix + "input_layernorm.weight", hidden);
            header.add(prefix + "post_attention_layernorm.weight", hidden);
            header.add(prefix + "self_attn.q_proj.weight", hidden, hidden);
            header.add(prefix + "self_attn.k_proj.weight", 1_024, hidden);
            header.add(prefix + "self_attn.v_proj.weight", 1_024, hidden);
            header.add(prefix + "self_attn.o_proj.weight", hidden, hidden);
            header.add(prefix + "mlp.gate_proj.weight", intermediate, hidden);
            header.add(prefix + "mlp.up_proj.weight", intermediate, hidden);
            header.add(prefix + "mlp.down_proj.weight", hidden, intermediate);
        }
        header.writeSparse(folder.resolve("model.safetensors"));
    }

    /** Header of a safetensors file of BF16 tensors. */
    private static final class Header {

        private final StringJoiner entries = new StringJoiner(",", "{", "}");
        private long end;

        void add(String name, long... shape) {
            long begin = end;
            StringJoiner dimensions = new StringJoiner(",", "[", "]");
            long elements = 1;
            for (long dimension : shape) {
                dimensions.add(Long.toString(dimension));
                elements *= dimension;
            }
            end = begin + 2 * elements;
            entries.add("\"%s\":{\"dtype\":\"BF16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(name, dimensions, begin, end));
        }

        void writeSparse(Path path) throws IOException {
            byte[] json = entries.toString().getBytes(StandardCharsets.UTF_8);
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.writeLong(Long.reverseBytes(json.length));
                file.write(json);
                file.setLength(8 + json.length + end);
            }
        }
    }
}
