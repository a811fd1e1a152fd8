package dev.forebear.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What tokenizer.json says.
 *
 * @param type type of the model, such as "BPE"; empty when not said
 * @param vocabulary tokens of the model with their ids
 * @param scores scores by id, of a Unigram model; empty otherwise
 * @param merges pairs in order, of a BPE model; empty otherwise
 * @param options the other fields of the model
 * @param addedTokens tokens beside the model
 * @param normaliser normalizer
 * @param preTokenizer pre_tokenizer
 * @param decoder decoder
 */
record TokenizerFile(
        String type,
        Map<String, Integer> vocabulary,
        double[] scores,
        List<Merge> merges,
        JsonNode options,
        List<AddedToken> addedTokens,
        JsonNode normaliser,
        JsonNode preTokenizer,
        JsonNode decoder) {

    /** Two tokens that become one. */
    record Merge(String left, String right) {

        @Override
        public String toString() {
            return left + " " + right;
        }
    }
}
