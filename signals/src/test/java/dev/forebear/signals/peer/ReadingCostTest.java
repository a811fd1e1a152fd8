package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.ReadTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
        SparseSafetensors file = new SparseSafetensors();
        file.add("lm_head.weight", 128_256, hidden);
        file.add("model.embed_tokens.weight", 128_256, hidden);
        file.add("model.norm.weight", hidden);
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "model.layers." + layer + ".";
            file.add(prefix + "input_layernorm.weight", hidden);
            file.add(prefix + "post_attention_layernorm.weight", hidden);
            file.add(prefix + "self_attn.q_proj.weight", hidden, hidden);
            file.add(prefix + "self_attn.k_proj.weight", 1_024, hidden);
            file.add(prefix + "self_attn.v_proj.weight", 1_024, hidden);
            file.add(prefix + "self_attn.o_proj.weight", hidden, hidden);
            file.add(prefix + "mlp.gate_proj.weight", intermediate, hidden);
            file.add(prefix + "mlp.up_proj.weight", intermediate, hidden);
            file.add(prefix + "mlp.down_proj.weight", hidden, intermediate);
        }
        file.write(folder.resolve("model.safetensors"));
    }
}
