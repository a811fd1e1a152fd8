package dev.forebear.checkpoint.naming;

import java.util.List;

/** Names of the MLP projections of one block, relative to the block and without ".weight". */
sealed interface MlpNames {

    /** The tensor whose presence tells that a block has this kind of MLP. */
    String marker();

    record Gated(String gate, String up, String down) implements MlpNames {
        @Override
        public String marker() {
            return up;
        }
    }

    /** Gate and up in one tensor, gate first. */
    record FusedGated(String gateUp, String down) implements MlpNames {
        @Override
        public String marker() {
            return gateUp;
        }
    }

    record Plain(String up, String down) implements MlpNames {
        @Override
        public String marker() {
            return up;
        }
    }

    /**
     * Experts that a router chooses from, and any that always take part.
     *
     * @param experts prefix of an expert, %d its index
     * @param shared prefixes of experts that always take part
     * @param expert names inside an expert
     */
    record Experts(String experts, List<String> shared, Gated expert) implements MlpNames {

        public Experts {
            shared = List.copyOf(shared);
        }

        @Override
        public String marker() {
            return experts.formatted(0) + expert.up();
        }
    }
}
