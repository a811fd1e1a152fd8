package dev.forebear.checkpoint.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A JSON object in a file of a checkpoint, bounded in size, depth and length of its numbers. */
public final class StoredJson {

    /** Largest depth and number that any known file comes near. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(64)
            .maxNameLength(65_536)
            .maxStringLength(16 << 20)
            .maxTokenCount(8_000_000)
            .build();

    // Infinity and NaN: Python writes them, and published configurations hold them.
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(CONSTRAINTS)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final ObjectReader WHOLE = MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectReader UNIQUE_KEYS = WHOLE.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private StoredJson() {}

    /**
     * @param limit most bytes that are read
     * @throws CheckpointException MISSING, REFUSED when larger, MALFORMED when not a JSON object
     */
    public static ObjectNode read(Storage storage, String name, int limit) throws IOException {
        return parse(name, storage.open(name).readAll(limit));
    }

    /** As {@link #read}, and MALFORMED when a key occurs twice; without this the last one counts, as in Python. */
    public static ObjectNode readUniqueKeys(Storage storage, String name, int limit) throws IOException {
        return parse(name, storage.open(name).readAll(limit), UNIQUE_KEYS);
    }

    /** The bytes of a file; null when there is no such file. */
    public static byte @Nullable [] bytesIfPresent(Storage storage, String name, int limit) throws IOException {
        ByteSource source;
        try {
            source = storage.open(name);
        } catch (CheckpointException absent) {
            if (absent.reason() == Reason.MISSING) {
                return null;
            }
            throw absent;
        }
        return source.readAll(limit);
    }

    /** The tokens of a file, for what is too large to become a tree. */
    public static JsonParser stream(byte[] bytes) throws IOException {
        return MAPPER.createParser(bytes);
    }

    /** The object that these bytes of a file hold. */
    public static ObjectNode parse(String name, byte[] bytes) throws CheckpointException {
        return parse(name, bytes, WHOLE);
    }

    /** As {@link #parse}, and MALFORMED when a key occurs twice. */
    public static ObjectNode parseUniqueKeys(String name, byte[] bytes) throws CheckpointException {
        return parse(name, bytes, UNIQUE_KEYS);
    }

    /** The array that these bytes hold. */
    public static ArrayNode array(String name, byte[] bytes) throws CheckpointException {
        JsonNode node = node(name, bytes, WHOLE);
        if (!(node instanceof ArrayNode array)) {
            throw new CheckpointException(Reason.MALFORMED, name, "expected a JSON array, found " + node.getNodeType());
        }
        return array;
    }

    private static ObjectNode parse(String name, byte[] bytes, ObjectReader reader) throws CheckpointException {
        JsonNode node = node(name, bytes, reader);
        if (!(node instanceof ObjectNode object)) {
            throw new CheckpointException(
                    Reason.MALFORMED, name, "expected a JSON object, found " + node.getNodeType());
        }
        return object;
    }

    private static JsonNode node(String name, byte[] bytes, ObjectReader reader) throws CheckpointException {
        try {
            return reader.readTree(bytes);
        } catch (JsonProcessingException notJson) {
            throw new CheckpointException(Reason.MALFORMED, name, "expected JSON: " + notJson.getOriginalMessage());
        } catch (IOException impossible) {
            throw new CheckpointException(Reason.MALFORMED, name, "expected JSON: " + impossible.getMessage());
        }
    }
}
