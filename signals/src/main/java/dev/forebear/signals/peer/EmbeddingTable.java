package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The token embedding as the peer finds it: by its usual names, else the first table whose name speaks of one. */
record EmbeddingTable(Tensor tensor, int rows, int columns) {

    private static final long MOST_ROWS = 1_000_000;
    private static final long MOST_COLUMNS = 1 << 17;

    private static final List<String> NAMES = List.of(
            "model.embed_tokens.weight",
            "transformer.wte.weight",
            "embeddings.word_embeddings.weight",
            "gpt_neox.embed_in.weight",
            "transformer.word_embeddings.weight",
            "shared.weight",
            "model.shared.weight",
            "encoder.embed_tokens.weight",
            "model.encoder.embed_tokens.weight",
            "model.decoder.embed_tokens.weight",
            "decoder.embed_tokens.weight",
            "bert.embeddings.word_embeddings.weight",
            "roberta.embeddings.word_embeddings.weight",
            "deberta.embeddings.word_embeddings.weight",
            "distilbert.embeddings.word_embeddings.weight",
            "electra.embeddings.word_embeddings.weight",
            "albert.embeddings.word_embeddings.weight",
            "xlm-roberta.embeddings.word_embeddings.weight",
            "camembert.embeddings.word_embeddings.weight",
            "word_embeddings.weight",
            "wte.weight");

    /** Null when there is none of plain floating point, of at most a million rows and 131,072 columns. */
    static @Nullable EmbeddingTable find(List<Tensor> tensors) {
        for (String name : NAMES) {
            for (Tensor tensor : tensors) {
                if (tensor.name().equals(name)) {
                    return of(tensor);
                }
            }
        }
        for (Tensor tensor : tensors) {
            if (speaksOfEmbedding(tensor) && tensor.shape().size() == 2) {
                return of(tensor);
            }
        }
        return null;
    }

    private static boolean speaksOfEmbedding(Tensor tensor) {
        String name = tensor.name().toLowerCase(Locale.ROOT);
        return (name.contains("embed") || name.contains("wte")) && !name.contains("position");
    }

    private static @Nullable EmbeddingTable of(Tensor tensor) {
        if (tensor.shape().size() != 2 || !tensor.dtype().isPlainFloat()) {
            return null;
        }
        long rows = tensor.shape().get(0);
        long columns = tensor.shape().get(1);
        boolean readable = rows > 0 && columns > 0 && rows <= MOST_ROWS && columns <= MOST_COLUMNS;
        return readable ? new EmbeddingTable(tensor, (int) rows, (int) columns) : null;
    }

    /** Reads {@code count} rows from {@code first} into the start of {@code into}. */
    void read(int first, int count, float[] into) throws IOException {
        tensor.read((long) first * columns, Math.multiplyExact(count, columns), into, 0);
    }
}
