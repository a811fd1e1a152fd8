package dev.forebear.signals.relation;

import dev.forebear.signals.relation.RewrittenModel.Values;
import java.util.Map;
import java.util.stream.IntStream;

/** The trained GPT-2 models of the zoo under the names and in the layouts of other architectures. */
final class OtherLayouts {

    private static final int HEADS = 4;
    private static final int HEAD = 16;
    private static final int WIDTH = HEADS * HEAD;

    private OtherLayouts() {}

    static RewrittenModel neox(RewrittenModel gpt2) {
        RewrittenModel model = renamed(
                gpt2,
                Map.of(
                        "transformer.wte", "gpt_neox.embed_in",
                        "transformer.ln_f", "gpt_neox.final_layer_norm"),
                "gpt_neox.layers.",
                Map.of(
                        "attn.c_attn", "attention.query_key_value",
                        "attn.c_proj", "attention.dense",
                        "mlp.c_fc", "mlp.dense_h_to_4h",
                        "mlp.c_proj", "mlp.dense_4h_to_h",
                        "ln_1", "input_layernorm",
                        "ln_2", "post_attention_layernorm"));
        int[] grouped = IntStream.range(0, 3 * WIDTH)
                .map(row -> row / HEAD % 3 * WIDTH + row / (3 * HEAD) * HEAD + row % HEAD)
                .toArray();
        return model.edit(".*query_key_value.*", values -> values.rows(grouped))
                .with("embed_out.weight", model.tensor("gpt_neox.embed_in.weight"))
                .config("model_type", "gpt_neox")
                .config("hidden_size", WIDTH)
                .config("num_hidden_layers", 4)
                .config("num_attention_heads", HEADS)
                .config("intermediate_size", 160);
    }

    static RewrittenModel bert(RewrittenModel gpt2) {
        RewrittenModel model = renamed(
                gpt2,
                Map.of("transformer.wte", "bert.embeddings.word_embeddings"),
                "bert.encoder.layer.",
                Map.of(
                        "attn.c_attn", "fused",
                        "attn.c_proj", "attention.output.dense",
                        "mlp.c_fc", "intermediate.dense",
                        "mlp.c_proj", "output.dense",
                        "ln_1", "attention.output.LayerNorm",
                        "ln_2", "output.LayerNorm"));
        for (String name : model.tensors().keySet().stream()
                .filter(name -> name.contains("fused"))
                .toList()) {
            Values fused = model.tensor(name);
            String[] parts = {"query", "key", "value"};
            for (int part = 0; part < parts.length; part++) {
                int[] rows = IntStream.range(part * WIDTH, (part + 1) * WIDTH).toArray();
                model = model.with(name.replace("fused", "attention.self." + parts[part]), fused.rows(rows));
            }
        }
        return model.without(".*fused.*")
                .config("model_type", "bert")
                .config("hidden_size", WIDTH)
                .config("num_hidden_layers", 4)
                .config("num_attention_heads", HEADS)
                .config("intermediate_size", 160);
    }

    private static RewrittenModel renamed(
            RewrittenModel gpt2, Map<String, String> outside, String blocks, Map<String, String> inside) {
        RewrittenModel model = gpt2;
        for (Map.Entry<String, Values> tensor : gpt2.tensors().entrySet()) {
            String name = tensor.getKey();
            String now = name;
            for (Map.Entry<String, String> names : outside.entrySet()) {
                now = now.replace(names.getKey() + ".", names.getValue() + ".");
            }
            for (Map.Entry<String, String> names : inside.entrySet()) {
                now = now.replace("." + names.getKey() + ".", "." + names.getValue() + ".");
            }
            now = now.replace("transformer.h.", blocks);
            boolean ofBlock = name.contains(".h.");
            Values values = tensor.getValue();
            model = model.without(name.replace(".", "\\."))
                    .with(now, ofBlock && values.isMatrix() ? values.transposed() : values);
        }
        return model.without("transformer\\..*");
    }
}
