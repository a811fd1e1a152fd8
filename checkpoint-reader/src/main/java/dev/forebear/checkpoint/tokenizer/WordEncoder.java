package dev.forebear.checkpoint.tokenizer;

import java.util.List;

/** Cuts one word into tokens: the model of a tokenizer. */
sealed interface WordEncoder permits BpeEncoder, UnigramEncoder, WordPieceEncoder {

    /** Appends the ids of the word's tokens. */
    void encode(String word, List<Integer> ids);
}
