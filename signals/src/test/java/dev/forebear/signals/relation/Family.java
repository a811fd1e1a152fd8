package dev.forebear.signals.relation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A trained base, a fine-tune of it, and what their parts are called.
 *
 * @param blocks prefix of the names of the blocks
 * @param depth field of the configuration that counts them
 * @param embeddings names of embedding and output head
 * @param adapted names of the projections that adapters are put on
 */
record Family(
        String layout,
        RewrittenModel base,
        RewrittenModel tuned,
        String blocks,
        String depth,
        String embeddings,
        String adapted) {

    static final Family GPT2 = gpt2();
    static final Family NEOX = neox();
    static final Family BERT = bert();
    static final Family LLAMA = llama();

    private static Family gpt2() {
        return new Family(
                "gpt2",
                read("base-g"),
                read("base-g-sft-bin"),
                "transformer.h.",
                "n_layer",
                ".*wte.*",
                ".*c_attn.weight");
    }

    private static Family neox() {
        return new Family(
                "gpt-neox",
                OtherLayouts.neox(GPT2.base),
                OtherLayouts.neox(GPT2.tuned),
                "gpt_neox.layers.",
                "num_hidden_layers",
                ".*embed_.*",
                ".*query_key_value.weight");
    }

    private static Family bert() {
        return new Family(
                "bert",
                OtherLayouts.bert(GPT2.base),
                OtherLayouts.bert(GPT2.tuned),
                "bert.encoder.layer.",
                "num_hidden_layers",
                ".*word_embeddings.*",
                ".*self.(query|value).weight");
    }

    private static Family llama() {
        return new Family(
                "llama",
                read("base-b"),
                read("base-b-sft"),
                "model.layers.",
                "num_hidden_layers",
                ".*(embed_tokens|lm_head).*",
                ".*(q_proj|v_proj).weight");
    }

    static List<Family> all() {
        return List.of(GPT2, NEOX, BERT, LLAMA);
    }

    RewrittenModel layers(RewrittenModel model, int... from) {
        return model.layers(blocks, depth, from);
    }

    private static RewrittenModel read(String model) {
        try {
            return RewrittenModel.of(model);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
