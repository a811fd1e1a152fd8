package dev.forebear.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The tokens of a header, each taken with what was expected in its place. */
final class HeaderJson implements AutoCloseable {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(32)
                    .maxNameLength(65_536)
                    .maxStringLength(SafetensorsHeader.LENGTH_LIMIT)
                    .build())
            // Names of tensors come from outside: kept out of the caches of the process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final String file;
    private final JsonParser json;

    private HeaderJson(String file, JsonParser json) {
        this.file = file;
        this.json = json;
    }

    /** Text that is not UTF-8 shows as a {@link java.nio.charset.CharacterCodingException} while reading. */
    static HeaderJson open(String file, byte[] header) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new HeaderJson(
                file, JSON.createParser(new InputStreamReader(new ByteArrayInputStream(header), decoder)));
    }

    void next(JsonToken expected, String where) throws IOException {
        JsonToken found = json.nextToken();
        if (found != expected) {
            throw malformed(where, expected + "", found + "");
        }
    }

    boolean nextIsKey() throws IOException {
        return json.nextToken() == JsonToken.FIELD_NAME;
    }

    /** The key at hand, which joins those seen before it. */
    String key(Set<String> seen, String where) throws IOException {
        String key = json.currentName();
        if (!seen.add(key)) {
            throw malformed(where, "each key once", key + " twice");
        }
        return key;
    }

    String string(String where) throws IOException {
        next(JsonToken.VALUE_STRING, where);
        return json.getText();
    }

    /** Whether the list goes on; its item is then at hand. */
    boolean nextIsItem() throws IOException {
        return json.nextToken() != JsonToken.END_ARRAY;
    }

    /** The item at hand, a non-negative integer that fits 63 bits. */
    long size(String where) throws IOException {
        String found = json.getText();
        // "-0" is an integer to the parser, but none of the format.
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || found.startsWith("-")) {
            throw malformed(where, "a non-negative integer", found);
        }
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw malformed(where, "at most " + Long.MAX_VALUE, found);
        }
        return json.getLongValue();
    }

    void skipValue() throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    void end() throws IOException {
        if (json.nextToken() != null) {
            throw malformed("header", "nothing after its JSON object", json.currentToken() + "");
        }
    }

    /** Valid files of this kind do not occur; reading one would cost memory out of proportion. */
    void refuseMoreThan(int limit, int count, String where) throws CheckpointException {
        if (count > limit) {
            throw new CheckpointException(
                    Reason.REFUSED, file, where + ": expected at most " + limit + " entries, found more");
        }
    }

    CheckpointException malformed(String where, String expected, String found) {
        return new CheckpointException(Reason.MALFORMED, file, where + ": expected " + expected + ", found " + found);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
