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
        return of(checkpoint, EmbeddingNorms::of);
    }

    /** Reads at most 8,192 rows of the embedding. */
    static WeightFeatures sampled(Checkpoint checkpoint) throws IOException {
        return of(checkpoint, EmbeddingNorms::sampled);
    }

    private static WeightFeatures of(Checkpoint checkpoint, NormReader norms) throws IOException {
        Tokenizer tokenizer = readable(checkpoint);
        EmbeddingTable table = EmbeddingTable.find(checkpoint.weights());
        EmbeddingAnchors anchors =
                table == null ? null : EmbeddingAnchors.of(table, AnchorTokens.choose(tokenizer, table.rows()));
        return new WeightFeatures(
                tokenizer,
                anchors,
                table == null || anchors == null ? null : norms.read(table),
                NormLayers.of(checkpoint.weights()));
    }

    private static @Nullable Tokenizer readable(Checkpoint checkpoint) throws IOException {
        try {
            return checkpoint.tokenizer();
        } catch (CheckpointException unreadable) {
            return null;
        }
    }

    /** A way to read the norms of embedding rows. */
    private interface NormReader {
        @Nullable
        EmbeddingNorms read(EmbeddingTable table) throws IOException;
    }
}
