package dev.forebear.signals.weights;

import dev.forebear.checkpoint.tokenizer.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens that two vocabularies share, by their bytes and never by their ids.
 *
 * @param first tokens of the first model
 * @param second the same tokens in the second model, in the same order
 */
public record SharedTokens(List<Token> first, List<Token> second) {

    /** Chosen as anchors are, so the first ones are those of a smaller choice. */
    public static SharedTokens of(List<Token> a, int rowsOfA, List<Token> b, int rowsOfB, int atMost) {
        Map<String, Token> others = new HashMap<>();
        for (Token token : b) {
            if (token.id() >= 0 && token.id() < rowsOfB) {
                others.put(token.key(), token);
            }
        }
        List<Token> common =
                a.stream().filter(token -> others.containsKey(token.key())).toList();
        List<Token> chosen = Anchors.choose(common, rowsOfA, atMost);
        return new SharedTokens(
                chosen, chosen.stream().map(token -> others.get(token.key())).toList());
    }

    /** By their bytes; by their ids where either model has no tokenizer. */
    public static SharedTokens between(ModelWeights a, ModelWeights b, int atMost) {
        int rowsOfA = a.transformer().embedding().rows();
        int rowsOfB = b.transformer().embedding().rows();
        return a.hasTokenizer() && b.hasTokenizer()
                ? of(a.tokens(), rowsOfA, b.tokens(), rowsOfB, atMost)
                : of(Anchors.byId(rowsOfA), rowsOfA, Anchors.byId(rowsOfB), rowsOfB, atMost);
    }

    public SharedTokens first(int count) {
        int kept = Math.min(count, first.size());
        return new SharedTokens(first.subList(0, kept), second.subList(0, kept));
    }
}
