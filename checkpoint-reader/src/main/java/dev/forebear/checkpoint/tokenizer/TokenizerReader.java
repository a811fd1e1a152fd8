package dev.forebear.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredJson;
import dev.forebear.checkpoint.tokenizer.Tokenizer.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the tokenizer of a checkpoint from tokenizer.json and tokenizer_config.json. */
final class TokenizerReader {

    static final String FILE = "tokenizer.json";
    private static final String CONFIG = "tokenizer_config.json";
    private static final int FILE_LIMIT = 200_000_000;
    private static final int CONFIG_LIMIT = 64 << 20;

    private TokenizerReader() {}

    static @Nullable Tokenizer read(Storage storage) throws IOException {
        byte[] bytes = StoredJson.bytesIfPresent(storage, FILE, FILE_LIMIT);
        if (bytes == null) {
            return null;
        }
        TokenizerFile file = TokenizerFileParser.parse(FILE, bytes);
        byte[] config = StoredJson.bytesIfPresent(storage, CONFIG, CONFIG_LIMIT);
        return assemble(
                file, config == null ? JsonNodeFactory.instance.objectNode() : StoredJson.parse(CONFIG, config));
    }

    static Tokenizer assemble(TokenizerFile file, ObjectNode config) throws CheckpointException {
        Kind kind = kind(file);
        Map<String, Integer> vocabulary = new HashMap<>(file.vocabulary());
        file.addedTokens().forEach(token -> vocabulary.put(token.content(), token.id()));
        Set<Integer> specialIds = specialIds(file, config);
        return new Tokenizer(
                kind,
                Collections.unmodifiableMap(vocabulary),
                tokens(file, spelling(kind, file), specialIds),
                file.merges().stream().map(TokenizerFile.Merge::toString).toList(),
                specialIds,
                special(file, config, vocabulary),
                TextEncoder.of(kind, file));
    }

    private static Kind kind(TokenizerFile file) throws CheckpointException {
        return switch (file.type()) {
            case "BPE" -> Kind.BPE;
            case "Unigram" -> Kind.UNIGRAM;
            case "WordPiece" -> Kind.WORD_PIECE;
            // Files of early versions do not name the type.
            case "" -> !file.merges().isEmpty() ? Kind.BPE : file.scores().length > 0 ? Kind.UNIGRAM : Kind.WORD_PIECE;
            default ->
                throw new CheckpointException(
                        Reason.UNSUPPORTED,
                        FILE,
                        "model.type: expected BPE, Unigram or WordPiece, found " + file.type());
        };
    }

    private static Spelling spelling(Kind kind, TokenizerFile file) {
        if (List.of(file.preTokenizer(), file.decoder(), file.normaliser()).stream()
                .anyMatch(part -> part.findValuesAsText("type").contains("ByteLevel"))) {
            return new Spelling.ByteLevel();
        }
        return kind == Kind.WORD_PIECE
                ? new Spelling.Continuations(
                        file.options().path("continuing_subword_prefix").asText("##"))
                : new Spelling.SpaceMarks();
    }

    /** Tokens as bytes; those put beside the model are plain text whatever the spelling. */
    private static List<Token> tokens(TokenizerFile file, Spelling spelling, Set<Integer> specialIds) {
        var byId = new TreeMap<Integer, Token>();
        file.vocabulary().forEach((token, id) -> byId.put(id, Token.of(id, spelling.bytes(token))));
        file.addedTokens().stream()
                .filter(token -> !token.special() && !file.vocabulary().containsKey(token.content()))
                .forEach(token -> byId.put(
                        token.id(), Token.of(token.id(), token.content().getBytes(StandardCharsets.UTF_8))));
        var keys = new HashSet<String>();
        var tokens = new ArrayList<Token>(byId.size());
        byId.forEach((id, token) -> {
            if (!specialIds.contains(id) && keys.add(token.key())) {
                tokens.add(token);
            }
        });
        return tokens;
    }

    private static Set<Integer> specialIds(TokenizerFile file, ObjectNode config) {
        var ids = new HashSet<Integer>();
        file.addedTokens().stream().filter(AddedToken::special).forEach(token -> ids.add(token.id()));
        for (var entry : config.path("added_tokens_decoder").properties()) {
            if (entry.getValue().path("special").asBoolean() && entry.getKey().matches("\\d{1,9}")) {
                ids.add(Integer.valueOf(entry.getKey()));
            }
        }
        return ids;
    }

    private static SpecialTokens special(TokenizerFile file, ObjectNode config, Map<String, Integer> vocabulary) {
        return new SpecialTokens(
                config.path("tokenizer_class").asText("PreTrainedTokenizerFast"),
                id(config.path("bos_token"), vocabulary),
                id(config.path("eos_token"), vocabulary),
                id(config.path("pad_token"), vocabulary),
                id(config.path("unk_token"), vocabulary),
                id(config.path("mask_token"), vocabulary));
    }

    /** A special token is written as its text or as an object that holds it. */
    private static @Nullable Integer id(JsonNode token, Map<String, Integer> vocabulary) {
        JsonNode content = token.isObject() ? token.path("content") : token;
        return content.isTextual() ? vocabulary.get(content.textValue()) : null;
    }
}
