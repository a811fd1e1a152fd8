package dev.forebear.signals.weights;

import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import org.jspecify.annotations.Nullable;

/** The linear maps of a block. */
public enum Projection {
    QUERY(16),
    KEY(16),
    VALUE(32),
    OUTPUT(16),
    GATE(32),
    UP(32),
    DOWN(16);

    private final int sampledRows;

    Projection(int sampledRows) {
        this.sampledRows = sampledRows;
    }

    /** Rows that are read of a model too large to be read in full. */
    int sampledRows() {
        return sampledRows;
    }

    /** Whether it is a part of the MLP, and so one of each expert. */
    public boolean isOfMlp() {
        return this == GATE || this == UP || this == DOWN;
    }

    /** Whether a norm feeds it, whose gain may be folded into its columns. */
    public boolean readsResidualStream() {
        return this != OUTPUT && this != DOWN;
    }

    /** Null when the block has none. */
    @Nullable
    WeightMatrix of(Layer layer, Mlp mlp) {
        return switch (this) {
            case QUERY -> layer.query();
            case KEY -> layer.key();
            case VALUE -> layer.value();
            case OUTPUT -> layer.output();
            case GATE -> mlp.gate();
            case UP -> mlp.up();
            case DOWN -> mlp.down();
        };
    }
}
