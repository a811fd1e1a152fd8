package dev.forebear.checkpoint.naming;

/** Names of the attention projections of one block, relative to the block and without ".weight". */
sealed interface AttentionNames {

    /** The projection whose presence tells that a block has this kind of attention. */
    String marker();

    /** Output projection. */
    String output();

    /** One tensor for each projection. */
    record Separate(String query, String key, String value, String output) implements AttentionNames {
        @Override
        public String marker() {
            return query;
        }
    }

    /** All queries, then all keys, then all values in one tensor. */
    record Concatenated(String fused, String output) implements AttentionNames {
        @Override
        public String marker() {
            return fused;
        }
    }

    /**
     * One tensor that repeats, for each key-value head, its queries, its key and its value. With as many key-value as
     * query heads this is the order (heads, 3, head size) of GPT-NeoX and BLOOM.
     */
    record Grouped(String fused, String output) implements AttentionNames {
        @Override
        public String marker() {
            return fused;
        }
    }

    /**
     * Keys and values through a shared latent (MLA): they are no maps of the residual, so only the output projection
     * and, where it is not compressed too, the query are given.
     */
    record Latent(String query, String latent, String output) implements AttentionNames {
        @Override
        public String marker() {
            return latent;
        }
    }
}
