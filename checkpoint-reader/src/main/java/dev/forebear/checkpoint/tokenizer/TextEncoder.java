package dev.forebear.checkpoint.tokenizer;

import dev.forebear.checkpoint.tokenizer.Tokenizer.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a tokenizer: added tokens cut out, text normalised, split into words, words cut into tokens. */
final class TextEncoder implements Encoder {

    /** Longest text that is encoded: the patterns of a file are not trusted with more. */
    private static final int TEXT_LIMIT = 1_000;

    private final List<AddedToken> addedTokens;
    private final Normaliser normaliser;
    private final PreTokenizer preTokenizer;
    private final WordEncoder words;

    private TextEncoder(
            List<AddedToken> addedTokens, Normaliser normaliser, PreTokenizer preTokenizer, WordEncoder words) {
        this.addedTokens = addedTokens;
        this.normaliser = normaliser;
        this.preTokenizer = preTokenizer;
        this.words = words;
    }

    static TextEncoder of(Kind kind, TokenizerFile file) {
        WordEncoder words =
                switch (kind) {
                    case BPE -> BpeEncoder.of(file);
                    case UNIGRAM -> UnigramEncoder.of(file);
                    case WORD_PIECE -> WordPieceEncoder.of(file);
                };
        List<AddedToken> longestFirst = file.addedTokens().stream()
                .sorted(Comparator.comparingInt(
                        (AddedToken token) -> -token.content().length()))
                .toList();
        return new TextEncoder(
                longestFirst, Normaliser.of(file.normaliser()), PreTokenizer.of(file.preTokenizer()), words);
    }

    @Override
    public int[] encode(String text) {
        if (text.length() > TEXT_LIMIT) {
            throw new IllegalArgumentException(
                    "text: expected at most " + TEXT_LIMIT + " characters, found " + text.length());
        }
        var ids = new ArrayList<Integer>();
        int plain = 0;
        int at = 0;
        while (at < text.length()) {
            AddedToken added = addedTokenAt(at, text);
            if (added == null) {
                at++;
            } else {
                encodePlain(text.substring(plain, at), ids);
                ids.add(added.id());
                at += added.content().length();
                plain = at;
            }
        }
        encodePlain(text.substring(plain), ids);
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private @Nullable AddedToken addedTokenAt(int position, String text) {
        for (AddedToken token : addedTokens) {
            if (token.isAt(position, text)) {
                return token;
            }
        }
        return null;
    }

    private void encodePlain(String text, List<Integer> ids) {
        if (!text.isEmpty()) {
            preTokenizer.split(List.of(normaliser.normalise(text))).forEach(word -> words.encode(word, ids));
        }
    }
}
