package dev.forebear.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.tokenizer.TokenizerFile.Merge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A vocabulary as GGUF lists it.
 *
 * @param file for messages
 * @param model "gpt2" (byte-level BPE), "llama" (SentencePiece), "t5" (Unigram) or "bert" (WordPiece)
 * @param tokens by id
 * @param types what each is, as SentencePiece counts: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte;
 *     empty when not said
 * @param scores by id; empty when not said
 * @param merges written "left right"; empty unless BPE
 * @param bos id of the token that begins a text; null when not said, as with the others
 */
public record ListedVocabulary(
        String file,
        String model,
        List<String> tokens,
        int[] types,
        double[] scores,
        List<String> merges,
        @Nullable Integer bos,
        @Nullable Integer eos,
        @Nullable Integer pad,
        @Nullable Integer unknown) {

    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;

    /** What llama.cpp writes before the tokens of WordPiece that begin a word, instead of ## before the others. */
    private static final String WORD_MARK = "\u2581";

    public ListedVocabulary {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
    }

    /** @throws CheckpointException UNSUPPORTED for another model, MALFORMED when lists do not belong together */
    public Tokenizer tokenizer() throws CheckpointException {
        requireOneEach(types.length, "token_type");
        requireOneEach(scores.length, "scores");
        return TokenizerReader.assemble(tokenizerFile(), config());
    }

    private void requireOneEach(int count, String list) throws CheckpointException {
        if (count != 0 && count != tokens.size()) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    file,
                    "tokenizer.ggml." + list + ": expected one for each of " + tokens.size() + " tokens, found "
                            + count);
        }
    }

    private TokenizerFile tokenizerFile() throws CheckpointException {
        Map<String, Integer> vocabulary = new HashMap<>();
        List<AddedToken> added = new ArrayList<>();
        for (int id = 0; id < tokens.size(); id++) {
            int type = types.length == 0 ? 1 : types[id];
            switch (type) {
                case UNUSED -> {}
                case CONTROL, UNKNOWN -> added.add(new AddedToken(id, tokens.get(id), true, false));
                case USER_DEFINED -> added.add(new AddedToken(id, tokens.get(id), false, false));
                default -> vocabulary.putIfAbsent(spelled(tokens.get(id)), id);
            }
        }
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        return new TokenizerFile(
                type(),
                vocabulary,
                type().equals("Unigram") ? scoresById() : new double[0],
                merged(),
                options(),
                added,
                normaliser(),
                preTokenizer(),
                none);
    }

    private double[] scoresById() {
        return scores.length == 0 ? new double[tokens.size()] : Arrays.copyOf(scores, scores.length);
    }

    private String type() throws CheckpointException {
        return switch (model) {
            case "gpt2" -> "BPE";
            case "llama", "t5" -> "Unigram";
            case "bert" -> "WordPiece";
            default ->
                throw new CheckpointException(
                        Reason.UNSUPPORTED,
                        file,
                        "tokenizer.ggml.model: expected gpt2, llama, t5 or bert, found " + model);
        };
    }

    private String spelled(String token) {
        if (!model.equals("bert") || token.startsWith("[")) {
            return token;
        }
        return token.startsWith(WORD_MARK) ? token.substring(1) : "##" + token;
    }

    private List<Merge> merged() throws CheckpointException {
        var merged = new ArrayList<Merge>();
        for (String merge : merges) {
            // The first character belongs to the left token, even when it is a space.
            int space = merge.indexOf(' ', 1);
            if (space < 0 || space == merge.length() - 1) {
                throw new CheckpointException(
                        Reason.MALFORMED, file, "tokenizer.ggml.merges: expected two tokens, found \"" + merge + "\"");
            }
            merged.add(new Merge(merge.substring(0, space), merge.substring(space + 1)));
        }
        return merged;
    }

    private ObjectNode options() {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("byte_fallback", model.equals("llama"));
        String text = text(unknown);
        if (text != null) {
            options.put("unk_token", text);
            options.put("unk_id", unknown);
        }
        return options;
    }

    private ObjectNode normaliser() {
        ObjectNode normaliser = JsonNodeFactory.instance.objectNode();
        return model.equals("bert") ? normaliser.put("type", "BertNormalizer") : normaliser;
    }

    private ObjectNode preTokenizer() {
        ObjectNode step = JsonNodeFactory.instance.objectNode();
        return switch (model) {
            case "gpt2" -> step.put("type", "ByteLevel").put("add_prefix_space", false);
            case "bert" -> step.put("type", "BertPreTokenizer");
            default -> step.put("type", "Metaspace").put("replacement", WORD_MARK);
        };
    }

    private ObjectNode config() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("bos_token", text(bos));
        config.put("eos_token", text(eos));
        config.put("pad_token", text(pad));
        return config.put("unk_token", text(unknown));
    }

    private @Nullable String text(@Nullable Integer id) {
        return id == null || id < 0 || id >= tokens.size() ? null : tokens.get(id);
    }
}
