package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The features of one checkpoint that do not look into its blocks; each null where it could not be computed.
 *
 * @param tokenizer null when there is none that can be read
 * @param anchors embedding anchors
 * @param embeddingNorms embedding norms
 * @param normLayers norm layers
 */
record WeightFeatures(
        @Nullable Tokenizer tokenizer,
        @Nullable EmbeddingAnchors anchors,
        @Nullable EmbeddingNorms embeddingNorms,
        @Nullable NormLayers normLayers) {

    /** Reads the whole embedding, by chunks. */
    static WeightFeatures whole(Checkpoint checkpoint) throws IOException {
        Tokenizer tokenizer = readable(checkpoint);
        EmbeddingTable table = EmbeddingTable.find(checkpoint.weights());
        EmbeddingAnchors anchors =
                table == null ? null : EmbeddingAnchors.of(table, AnchorTokens.choose(tokenizer, table.rows()));
        return new WeightFeatures(
                tokenizer,
                anchors,
                table == null || anchors == null ? null : EmbeddingNorms.of(table),
                NormLayers.of(checkpoint.weights()));
    }

    /** Null when there is none that can be read. */
    static @Nullable Tokenizer readable(Checkpoint checkpoint) throws IOException {
        try {
            return checkpoint.tokenizer();
        } catch (CheckpointException unreadable) {
            return null;
        }
    }
}
