package dev.forebear.signals.laundered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.confirmation.WeightComparison;
import dev.forebear.signals.peer.SignalsDocument;
import dev.forebear.signals.peer.SparseSafetensors;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models too large to be read whole: one pair of units, some neurons against all, sums of tokens. */
class LargeModelsTest {

    private static final int VOCABULARY = 66_000;

    @TempDir
    private Path folder;

    @Test
    void findsALaunderedCopyFromOnePairOfUnits() throws IOException {
        SyntheticLlama base = SyntheticLlama.random(1, 256, 512, 3, VOCABULARY);
        LaunderedComparison compared = compare(base, base.laundered(2), null);
        assertThat(compared.cells()).isEqualTo(1);
        assertThat(compared.agreement()).isGreaterThan(0.9);
        assertThat(compared.queryKey()).isGreaterThan(0.99);
        assertThat(compared.feedForward()).isGreaterThan(0.99);
        assertThat(compared.valueOutput()).isGreaterThan(0.99);
    }

    @Test
    void rowsThatFindNothingDoNotMisleadWhichUnitsAreRead() throws IOException {
        SyntheticLlama base = SyntheticLlama.random(11, 256, 512, 3, VOCABULARY);
        try (Checkpoint first = base.write(folder.resolve("a"));
                Checkpoint second = base.laundered(12).write(folder.resolve("b"))) {
            LaunderedComparison found = WeightComparison.between(ModelWeights.of(first), ModelWeights.of(second))
                    .laundered();
            assertThat(found.showsLineage(Decoys.NONE)).isTrue();
        }
    }

    @Test
    void readsThePairOfUnitsItIsToldToRead() throws IOException {
        SyntheticLlama base = SyntheticLlama.random(3, 256, 512, 3, VOCABULARY);
        SyntheticLlama lastReplaced = base.with("layers.2", SyntheticLlama.random(4, 256, 512, 3, VOCABULARY))
                .laundered(5);
        LaunderedComparison same = compare(base, lastReplaced, new UnitPair(0, 0));
        LaunderedComparison replaced = compare(base, lastReplaced, new UnitPair(2, 2));
        assertThat(same.showsLineage(Decoys.NONE)).isTrue();
        assertThat(replaced.agreement()).isLessThan(0.05);
        assertThat(Math.abs(replaced.queryKey())).isLessThan(0.05);
        assertThat(Math.abs(replaced.feedForward())).isLessThan(0.05);
    }

    @Test
    void documentStatesWhatSevenBillionParametersCost() throws IOException {
        Scope scope = scope(4_096, 11_008, 4_096);
        assertThat(scope.feedForward()).isFalse();
        assertThat(scope.valueOutput()).isFalse();
        SignalsDocument.assertStates(String.format(
                Locale.ROOT, "of two models of 7B %d MB of whole tensors", Math.round(scope.bytes() / 1e6)));
    }

    @Test
    void readsEverythingOfOnePairOfUnitsOfABillionParameters() throws IOException {
        Scope scope = scope(2_048, 5_504, 2_048);
        assertThat(scope.feedForward()).isTrue();
        assertThat(scope.valueOutput()).isTrue();
        assertThat(scope.bytes()).isLessThan(Scope.MOST_BYTES);
    }

    private LaunderedComparison compare(SyntheticLlama a, SyntheticLlama b, @Nullable UnitPair likeliest)
            throws IOException {
        try (Checkpoint first = a.write(folder.resolve("a"));
                Checkpoint second = b.write(folder.resolve("b"))) {
            return LaunderedZoo.compare(ModelWeights.of(first), ModelWeights.of(second), likeliest);
        }
    }

    private Scope scope(int hidden, int neurons, int keys) throws IOException {
        Files.writeString(folder.resolve("config.json"), """
            {"model_type":"llama","hidden_size":%d,"intermediate_size":%d,"num_hidden_layers":4,\
            "num_attention_heads":32,"num_key_value_heads":32,"vocab_size":32000,"tie_word_embeddings":true}\
            """.formatted(hidden, neurons));
        SparseSafetensors file = new SparseSafetensors();
        file.add("model.embed_tokens.weight", 32_000, hidden);
        file.add("model.norm.weight", hidden);
        for (int layer = 0; layer < 4; layer++) {
            String prefix = "model.layers." + layer + ".";
            file.add(prefix + "input_layernorm.weight", hidden);
            file.add(prefix + "post_attention_layernorm.weight", hidden);
            file.add(prefix + "self_attn.q_proj.weight", hidden, hidden);
            file.add(prefix + "self_attn.k_proj.weight", keys, hidden);
            file.add(prefix + "self_attn.v_proj.weight", keys, hidden);
            file.add(prefix + "self_attn.o_proj.weight", hidden, hidden);
            file.add(prefix + "mlp.gate_proj.weight", neurons, hidden);
            file.add(prefix + "mlp.up_proj.weight", neurons, hidden);
            file.add(prefix + "mlp.down_proj.weight", hidden, neurons);
        }
        file.write(folder.resolve("model.safetensors"));
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            ModelWeights weights = ModelWeights.of(checkpoint);
            return Scope.of(weights, weights, null);
        }
    }
}
