package dev.forebear.checkpoint.tokenizer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** WordPiece: the longest token that fits, from left to right; a word that cannot be cut so is unknown as a whole. */
final class WordPieceEncoder implements WordEncoder {

    private final Vocabulary vocabulary;
    private final String continuingPrefix;
    private final int longestWord;

    private WordPieceEncoder(TokenizerFile file) {
        this.vocabulary = Vocabulary.of(file);
        this.continuingPrefix = file.options().path("continuing_subword_prefix").asText("##");
        this.longestWord = file.options().path("max_input_chars_per_word").asInt(100);
    }

    static WordPieceEncoder of(TokenizerFile file) {
        return new WordPieceEncoder(file);
    }

    @Override
    public void encode(String word, List<Integer> ids) {
        List<Integer> pieces = word.length() > longestWord ? null : pieces(word);
        if (pieces == null) {
            vocabulary.appendUnknown(word, false, ids);
        } else {
            ids.addAll(pieces);
        }
    }

    private @Nullable List<Integer> pieces(String word) {
        var pieces = new ArrayList<Integer>();
        int begin = 0;
        while (begin < word.length()) {
            int end = word.length();
            Integer id = null;
            while (end > begin && id == null) {
                String prefix = begin == 0 ? "" : continuingPrefix;
                id = vocabulary.id(prefix + word.substring(begin, end));
                end = id == null ? end - 1 : end;
            }
            if (id == null) {
                return null;
            }
            pieces.add(id);
            begin = end;
        }
        return pieces;
    }
}
