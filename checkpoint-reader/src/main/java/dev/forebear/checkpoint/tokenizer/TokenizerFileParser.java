package dev.forebear.checkpoint.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.StoredJson;
import dev.forebear.checkpoint.tokenizer.TokenizerFile.Merge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parses tokenizer.json as a stream: vocabulary and merges are by far its largest parts and never become a tree. */
final class TokenizerFileParser {

    /** Eight times the largest published vocabulary. */
    private static final int ENTRIES_LIMIT = 2_000_000;

    private final String file;
    private final JsonParser json;

    private String type = "";
    private Map<String, Integer> vocabulary = Map.of();
    private double[] scores = {};
    private List<Merge> merges = List.of();
    private final ObjectNode options = JsonNodeFactory.instance.objectNode();
    private final ObjectNode parts = JsonNodeFactory.instance.objectNode();

    private TokenizerFileParser(String file, JsonParser json) {
        this.file = file;
        this.json = json;
    }

    static TokenizerFile parse(String file, byte[] bytes) throws CheckpointException {
        try (JsonParser json = StoredJson.stream(bytes)) {
            return new TokenizerFileParser(file, json).parse();
        } catch (CheckpointException malformed) {
            throw malformed;
        } catch (JsonProcessingException notJson) {
            throw new CheckpointException(Reason.MALFORMED, file, "expected JSON: " + notJson.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new CheckpointException(Reason.MALFORMED, file, "expected JSON: " + unreadable.getMessage());
        }
    }

    private TokenizerFile parse() throws IOException {
        expect(json.nextToken(), JsonToken.START_OBJECT, "file");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "model" -> model();
                case "added_tokens", "normalizer", "pre_tokenizer", "decoder" ->
                    parts.set(name, json.readValueAsTree());
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw malformed("expected nothing after its JSON object, found " + json.currentToken());
        }
        return new TokenizerFile(
                type,
                vocabulary,
                scores,
                merges,
                options,
                addedTokens(),
                parts.path("normalizer"),
                parts.path("pre_tokenizer"),
                parts.path("decoder"));
    }

    private void model() throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT, "model");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("vocab")) {
                vocabulary(value);
            } else if (name.equals("merges") && value == JsonToken.START_ARRAY) {
                merges();
            } else if (value.isScalarValue()) {
                options.set(name, json.readValueAsTree());
            } else {
                json.skipChildren();
            }
        }
        type = options.path("type").asText("");
    }

    private void vocabulary(JsonToken value) throws IOException {
        vocabulary = new HashMap<>();
        if (value == JsonToken.START_ARRAY) {
            scoredVocabulary();
            return;
        }
        expect(value, JsonToken.START_OBJECT, "model.vocab");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String token = json.currentName();
            expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT, "model.vocab, " + token);
            bounded(vocabulary.size(), "model.vocab");
            vocabulary.put(token, id(json.getValueAsLong(-1), "model.vocab, " + token));
        }
    }

    /** Unigram: pairs of token and score; the place of a pair is its id. */
    private void scoredVocabulary() throws IOException {
        var found = new double[1024];
        int size = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String where = "model.vocab, entry " + size;
            expect(json.currentToken(), JsonToken.START_ARRAY, where);
            expect(json.nextToken(), JsonToken.VALUE_STRING, where);
            bounded(size, "model.vocab");
            vocabulary.putIfAbsent(json.getText(), size);
            json.nextToken();
            if (!json.currentToken().isNumeric()) {
                throw malformed(where + ": expected a score, found " + json.currentToken());
            }
            found = size == found.length ? Arrays.copyOf(found, 2 * size) : found;
            found[size++] = json.getDoubleValue();
            expect(json.nextToken(), JsonToken.END_ARRAY, where);
        }
        scores = Arrays.copyOf(found, size);
    }

    /** Merges are written "left right" or, so that tokens may hold spaces, as two strings. */
    private void merges() throws IOException {
        merges = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String where = "model.merges, entry " + merges.size();
            bounded(merges.size(), "model.merges");
            if (json.currentToken() == JsonToken.START_ARRAY) {
                expect(json.nextToken(), JsonToken.VALUE_STRING, where);
                String left = json.getText();
                expect(json.nextToken(), JsonToken.VALUE_STRING, where);
                merges.add(new Merge(left, json.getText()));
                expect(json.nextToken(), JsonToken.END_ARRAY, where);
            } else {
                expect(json.currentToken(), JsonToken.VALUE_STRING, where);
                merges.add(merge(json.getText(), where));
            }
        }
    }

    private Merge merge(String written, String where) throws CheckpointException {
        int space = written.indexOf(' ');
        if (space <= 0 || space == written.length() - 1) {
            throw malformed(where + ": expected two tokens, found \"" + written + "\"");
        }
        return new Merge(written.substring(0, space), written.substring(space + 1));
    }

    private List<AddedToken> addedTokens() throws CheckpointException {
        var tokens = new ArrayList<AddedToken>();
        for (JsonNode token : parts.path("added_tokens")) {
            bounded(tokens.size(), "added_tokens");
            tokens.add(new AddedToken(
                    id(token.path("id").asLong(-1), "added_tokens, id"),
                    token.path("content").asText(""),
                    token.path("special").asBoolean(),
                    token.path("single_word").asBoolean()));
        }
        return tokens;
    }

    private int id(long id, String where) throws CheckpointException {
        if (id < 0 || id > Integer.MAX_VALUE) {
            throw malformed(where + ": expected an id from 0 to " + Integer.MAX_VALUE + ", found " + id);
        }
        return (int) id;
    }

    private void bounded(int size, String where) throws CheckpointException {
        if (size == ENTRIES_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED, file, where + ": expected at most " + ENTRIES_LIMIT + " entries, found more");
        }
    }

    private void expect(JsonToken found, JsonToken expected, String where) throws CheckpointException {
        if (found != expected) {
            throw malformed(where + ": expected " + expected + ", found " + found);
        }
    }

    private CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, file, message);
    }
}
