package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.signals.peer.SignalsDocument;
import dev.forebear.signals.peer.SparseSafetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what the evidence of a fingerprint costs to read, on a sparse file of true size; docs/signals.md cites it.
 */
class EvidenceCostTest {

    private static final int HIDDEN = 4_096;
    private static final int INTERMEDIATE = 14_336;
    private static final int LAYERS = 32;

    @TempDir
    private Path folder;

    @Test
    void documentStatesTheCostOfEightBillionParameters() throws IOException {
        write();
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            ReadTotals opened = checkpoint.totals();
            EvidenceExtraction.of(checkpoint);
            ReadTotals after = checkpoint.totals();
            SignalsDocument.assertStates(String.format(
                    Locale.ROOT,
                    "the evidence of 8B costs %d MB in about %,d reads",
                    Math.round((after.bytes() - opened.bytes()) / 1e6),
                    Math.round((after.requests() - opened.requests()) / 100.0) * 100));
        }
    }

    private void write() throws IOException {
        Files.writeString(folder.resolve("config.json"), """
            {"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_hidden_layers":32,\
            "num_attention_heads":32,"num_key_value_heads":8,"vocab_size":128256}\
            """);
        SparseSafetensors file = new SparseSafetensors();
        file.add("model.embed_tokens.weight", 128_256, HIDDEN);
        file.add("model.norm.weight", HIDDEN);
        for (int layer = 0; layer < LAYERS; layer++) {
            String prefix = "model.layers." + layer + ".";
            file.add(prefix + "input_layernorm.weight", HIDDEN);
            file.add(prefix + "post_attention_layernorm.weight", HIDDEN);
            file.add(prefix + "self_attn.q_proj.weight", HIDDEN, HIDDEN);
            file.add(prefix + "self_attn.k_proj.weight", 1_024, HIDDEN);
            file.add(prefix + "self_attn.v_proj.weight", 1_024, HIDDEN);
            file.add(prefix + "self_attn.o_proj.weight", HIDDEN, HIDDEN);
            file.add(prefix + "mlp.gate_proj.weight", INTERMEDIATE, HIDDEN);
            file.add(prefix + "mlp.up_proj.weight", INTERMEDIATE, HIDDEN);
            file.add(prefix + "mlp.down_proj.weight", HIDDEN, INTERMEDIATE);
        }
        file.write(folder.resolve("model.safetensors"));
    }
}
