package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.relation.Direction.Base;
import dev.forebear.signals.relation.RewrittenModel.Values;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models too large to be read in full: 17.5 million parameters, of which 16 or 32 rows per projection are read. */
class LargeModelTest {

    private static final String PROJECTIONS = ".*_proj.weight";
    private static final int WIDTH = 256;
    private static final int NEURONS = 1_024;
    private static final int TOKENS = 60_000;

    @TempDir
    private static Path folder;

    private static RewrittenModel original;
    private static ModelWeights base;

    @BeforeAll
    static void write() throws IOException {
        original = original();
        base = original.write(folder.resolve("base"));
    }

    @AfterAll
    static void forget() throws IOException {
        base.checkpoint().close();
    }

    @Test
    void readsARankThatSampledRowsCannotShow() throws IOException {
        Relation relation = relation(original.adapter(".*(q_proj|v_proj).weight", 24, 0.1, 2), "adapter");
        assertThat(base.whole()).isFalse();
        assertThat(relation.kind()).isEqualTo(RelationKind.ADAPTER_MERGED);
        assertThat(relation.detail()).isEqualTo("rank 24");
    }

    @Test
    void takesNoFineTuneForAnAdapter() throws IOException {
        Relation relation = relation(original.noise(PROJECTIONS, 0.1, 3), "tuned");
        assertThat(relation.kind()).isEqualTo(RelationKind.FINE_TUNED);
        assertThat(relation.relativeChange()).isBetween(0.09, 0.11);
        assertThat(relation.components()).hasSize(2 * 7 + 1);
    }

    @Test
    void seesRoundingInSampledRows() throws IOException {
        RewrittenModel rounded = original.edit(PROJECTIONS, LargeModelTest::rounded);
        ModelWeights derived = rounded.write(folder.resolve("rounded"));
        CheckpointComparison compared = CheckpointComparison.between(base, derived);
        Relation relation = Relation.of(base, derived, compared, false);
        assertThat(relation.kind()).isEqualTo(RelationKind.QUANTISED);
        assertThat(relation.detail()).isEqualTo("8 bit, per row");
        assertThat(Direction.between(base, derived, compared).base()).isEqualTo(Base.FIRST);
    }

    private static Relation relation(RewrittenModel model, String name) throws IOException {
        ModelWeights derived = model.write(folder.resolve(name));
        return Relation.of(base, derived, CheckpointComparison.between(base, derived), false);
    }

    private static Values rounded(Values values) {
        float[] data = values.data().clone();
        for (int from = 0; from < data.length; from += values.columns()) {
            float largest = 0;
            for (int i = from; i < from + values.columns(); i++) {
                largest = Math.max(largest, Math.abs(data[i]));
            }
            for (int i = from; i < from + values.columns(); i++) {
                data[i] = Math.round(data[i] / largest * 127) * largest / 127;
            }
        }
        return new Values(values.shape(), data);
    }

    private static RewrittenModel original() throws IOException {
        RewrittenModel model = RewrittenModel.empty("""
            {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 256,
             "intermediate_size": 1024, "num_hidden_layers": 2, "num_attention_heads": 4,
             "num_key_value_heads": 4, "vocab_size": 60000, "tie_word_embeddings": true}
            """, Dtype.BF16);
        Random random = new Random(1);
        model = model.with("model.embed_tokens.weight", values(random, TOKENS, WIDTH))
                .with("model.norm.weight", ones());
        for (int layer = 0; layer < 2; layer++) {
            String block = "model.layers." + layer + ".";
            model = model.with(block + "input_layernorm.weight", ones())
                    .with(block + "post_attention_layernorm.weight", ones());
            for (String name : new String[] {"q_proj", "k_proj", "v_proj", "o_proj"}) {
                model = model.with(block + "self_attn." + name + ".weight", values(random, WIDTH, WIDTH));
            }
            model = model.with(block + "mlp.gate_proj.weight", values(random, NEURONS, WIDTH))
                    .with(block + "mlp.up_proj.weight", values(random, NEURONS, WIDTH))
                    .with(block + "mlp.down_proj.weight", values(random, WIDTH, NEURONS));
        }
        return model;
    }

    private static Values values(Random random, int rows, int columns) {
        float[] data = new float[rows * columns];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (0.02 * random.nextGaussian());
        }
        return new Values(new int[] {rows, columns}, data);
    }

    private static Values ones() {
        float[] data = new float[WIDTH];
        Arrays.fill(data, 1);
        return new Values(new int[] {WIDTH}, data);
    }
}
