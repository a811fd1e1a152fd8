package dev.forebear.signals.relation;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the vocabulary, by the bytes of its tokens; special tokens do not count.
 *
 * @param shared tokens that both have
 * @param added tokens that only the derived model has
 * @param removed tokens that only the base has
 * @param renumbered shared tokens whose ids differ
 * @param addedAtEnd whether the ids of all added tokens are above those of all shared ones
 * @param removedFromEnd whether the ids of all removed tokens were above those of all shared ones
 */
record VocabularyChange(
        int shared, int added, int removed, int renumbered, boolean addedAtEnd, boolean removedFromEnd) {

    /** Fewer new strings than this are tokens of a chat template or the like. */
    private static final int NOTEWORTHY = 8;

    /** More ids than this share differ only if someone renumbered them. */
    private static final double RENUMBERED = 0.01;

    static VocabularyChange between(ModelWeights base, ModelWeights derived) throws IOException {
        if (!hasTokenizer(base) || !hasTokenizer(derived)) {
            int rows = Math.min(base.tokens().size(), derived.tokens().size());
            return new VocabularyChange(rows, 0, 0, 0, true, true);
        }
        Map<String, Integer> before = ids(base.tokens());
        Map<String, Integer> after = ids(derived.tokens());
        int shared = 0;
        int renumbered = 0;
        int lastBefore = -1;
        int lastAfter = -1;
        for (Map.Entry<String, Integer> token : after.entrySet()) {
            Integer id = before.get(token.getKey());
            if (id != null) {
                shared++;
                renumbered += id.equals(token.getValue()) ? 0 : 1;
                lastBefore = Math.max(lastBefore, id);
                lastAfter = Math.max(lastAfter, token.getValue());
            }
        }
        return new VocabularyChange(
                shared,
                after.size() - shared,
                before.size() - shared,
                renumbered,
                onlyAbove(lastAfter, after, before),
                onlyAbove(lastBefore, before, after));
    }

    private static boolean onlyAbove(int last, Map<String, Integer> of, Map<String, Integer> others) {
        return of.entrySet().stream().allMatch(token -> others.containsKey(token.getKey()) || token.getValue() > last);
    }

    private static Map<String, Integer> ids(List<Token> tokens) {
        Map<String, Integer> ids = new HashMap<>();
        tokens.forEach(token -> ids.put(token.key(), token.id()));
        return ids;
    }

    private static boolean hasTokenizer(ModelWeights model) throws IOException {
        try {
            return model.checkpoint().tokenizer() != null;
        } catch (CheckpointException unreadable) {
            return false;
        }
    }

    /** Whether both have the same tokens, at whatever ids. */
    boolean none() {
        return added == 0 && removed == 0;
    }

    /** Whether the same tokens have other ids. */
    boolean isRenumbering() {
        return none() && otherIds();
    }

    /** Whether one lacks tokens amid those of the other and has moved up the ids of the rest. */
    boolean isThinned() {
        return otherIds() && !(addedAtEnd && removedFromEnd);
    }

    private boolean otherIds() {
        return renumbered > RENUMBERED * shared;
    }

    /** The rule on vocabularies. */
    Optional<Named> named() {
        if (added < NOTEWORTHY && removed < NOTEWORTHY) {
            return Optional.empty();
        }
        return Optional.of(new Named(RelationKind.VOCABULARY_CHANGED, words()));
    }

    private String words() {
        if (removed < NOTEWORTHY) {
            return "extended by " + added + " tokens";
        }
        return added < NOTEWORTHY
                ? "cut by " + removed + " tokens"
                : "replaced: " + added + " new tokens, " + shared + " of " + (shared + removed) + " kept";
    }
}
