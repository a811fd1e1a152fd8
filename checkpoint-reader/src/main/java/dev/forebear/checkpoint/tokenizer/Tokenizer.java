package dev.forebear.checkpoint.tokenizer;

import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of a checkpoint, from tokenizer.json and tokenizer_config.json, and the encoding of short strings.
 * Immutable.
 */
public final class Tokenizer {

    /** How words are cut into tokens. */
    public enum Kind {
        BPE,
        UNIGRAM,
        WORD_PIECE
    }

    private final Kind kind;
    private final Map<String, Integer> vocabulary;
    private final List<Token> tokens;
    private final List<String> merges;
    private final Set<Integer> specialIds;
    private final SpecialTokens special;
    private final Encoder encoder;

    Tokenizer(
            Kind kind,
            Map<String, Integer> vocabulary,
            List<Token> tokens,
            List<String> merges,
            Set<Integer> specialIds,
            SpecialTokens special,
            Encoder encoder) {
        this.kind = kind;
        this.vocabulary = vocabulary;
        this.tokens = List.copyOf(tokens);
        this.merges = List.copyOf(merges);
        this.specialIds = Set.copyOf(specialIds);
        this.special = special;
        this.encoder = encoder;
    }

    /**
     * Null when there is no tokenizer.json.
     *
     * @throws dev.forebear.checkpoint.CheckpointException MALFORMED, REFUSED when too large, UNSUPPORTED when the model
     *     of the tokenizer is none of {@link Kind}
     */
    public static @Nullable Tokenizer read(Storage storage) throws IOException {
        return TokenizerReader.read(storage);
    }

    public Kind kind() {
        return kind;
    }

    /** Number of token strings, added tokens included. */
    public int size() {
        return vocabulary.size();
    }

    /** Token strings as the tokenizer writes them, added tokens included, with their ids. */
    public Map<String, Integer> vocabulary() {
        return vocabulary;
    }

    /** Tokens as bytes, without special ones, one per distinct key (the lowest id), sorted by id. */
    public List<Token> tokens() {
        return tokens;
    }

    /** Merges in order, written "left right"; empty unless BPE. */
    public List<String> merges() {
        return merges;
    }

    /** Ids of the tokens that the tokenizer flags as special. */
    public Set<Integer> specialIds() {
        return specialIds;
    }

    /** Id of the token that begins a text; null when the checkpoint names none, as with the others below. */
    public @Nullable Integer bosTokenId() {
        return special.bos();
    }

    public @Nullable Integer eosTokenId() {
        return special.eos();
    }

    public @Nullable Integer padTokenId() {
        return special.pad();
    }

    public @Nullable Integer unkTokenId() {
        return special.unk();
    }

    public @Nullable Integer maskTokenId() {
        return special.mask();
    }

    /** tokenizer_class of tokenizer_config.json; "PreTrainedTokenizerFast" when not said. */
    public String tokenizerClass() {
        return special.tokenizerClass();
    }

    /**
     * Encodes a short string as the tokenizer does, without adding special tokens. Where the tokenizer uses steps that
     * are not known here the ids may differ from its own.
     */
    public int[] encode(String text) {
        return encoder.encode(text);
    }
}
