package dev.forebear.checkpoint.naming;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.ModelConfig;

/**
 * Sizes that the configuration gives to the matrices.
 *
 * @param hidden residual width d
 * @param intermediate width of a dense MLP
 * @param expert width of one expert
 * @param experts experts that a router chooses from
 * @param heads query heads
 * @param keyValueHeads key and value heads
 * @param head width of one head of queries and keys
 * @param valueHead width of one head of values; equal to {@code head} except with MLA
 */
record Dimensions(
        int hidden, int intermediate, int expert, int experts, int heads, int keyValueHeads, int head, int valueHead) {

    private static final int ATTENTION_LIMIT = 1 << 24;

    static Dimensions of(ModelConfig config) throws CheckpointException {
        JsonNode text = config.text();
        boolean latent = text.hasNonNull("kv_lora_rank") && text.hasNonNull("qk_nope_head_dim");
        int head = latent ? config.size("qk_nope_head_dim") + config.size("qk_rope_head_dim") : config.headSize();
        var dimensions = new Dimensions(
                config.hiddenSize(),
                config.intermediateSize(),
                config.expertSize(),
                config.experts(),
                config.attentionHeads(),
                config.keyValueHeads(),
                head,
                latent ? config.size("v_head_dim") : head);
        dimensions.check();
        return dimensions;
    }

    private void check() throws CheckpointException {
        if (heads % keyValueHeads != 0) {
            throw malformed("num_key_value_heads: expected a divisor of " + heads + " heads, found " + keyValueHeads);
        }
        if (Math.max(queryRows(), outputColumns()) > ATTENTION_LIMIT) {
            throw malformed("num_attention_heads: expected an attention of at most " + ATTENTION_LIMIT + " rows, found "
                    + Math.max(queryRows(), outputColumns()));
        }
    }

    private static CheckpointException malformed(String message) {
        return new CheckpointException(CheckpointException.Reason.MALFORMED, "config.json", message);
    }

    long queryRows() {
        return (long) heads * head;
    }

    long keyRows() {
        return (long) keyValueHeads * head;
    }

    long outputColumns() {
        return (long) heads * valueHead;
    }
}
