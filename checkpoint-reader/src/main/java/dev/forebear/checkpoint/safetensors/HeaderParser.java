package dev.forebear.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Parses the JSON of a safetensors header as a stream; {@link SafetensorsHeader} states the rules. */
final class HeaderParser {

    private static final String METADATA = "__metadata__";

    /** Five times the tensors of the largest published model, all its shards together. */
    private static final int TENSORS_LIMIT = 500_000;

    /** What the JSON says, before offsets are compared with each other and with the file. */
    record Content(List<TensorEntry> entries, Map<String, String> metadata) {}

    private final HeaderJson json;
    private final TensorEntryParser tensors;

    private HeaderParser(HeaderJson json) {
        this.json = json;
        this.tensors = new TensorEntryParser(json);
    }

    static Content parse(String file, byte[] header) throws CheckpointException {
        try (var json = HeaderJson.open(file, header)) {
            return new HeaderParser(json).header();
        } catch (CheckpointException malformed) {
            throw malformed;
        } catch (CharacterCodingException notText) {
            throw new CheckpointException(Reason.MALFORMED, file, "header: expected UTF-8, found other bytes");
        } catch (JsonProcessingException notJson) {
            String message = notJson.getOriginalMessage().lines().findFirst().orElse("");
            throw new CheckpointException(Reason.MALFORMED, file, "header: expected JSON: " + message);
        } catch (IOException unreadable) {
            throw new CheckpointException(Reason.MALFORMED, file, "header: " + unreadable.getMessage());
        }
    }

    private Content header() throws IOException {
        var entries = new ArrayList<TensorEntry>();
        Map<String, String> metadata = Map.of();
        var keys = new HashSet<String>();
        json.next(JsonToken.START_OBJECT, "header");
        while (json.nextIsKey()) {
            String key = json.key(keys, "header");
            if (key.equals(METADATA)) {
                metadata = metadata();
            } else {
                json.refuseMoreThan(TENSORS_LIMIT, entries.size() + 1, "header");
                entries.add(tensors.parse(key));
            }
        }
        json.end();
        return new Content(entries, metadata);
    }

    private Map<String, String> metadata() throws IOException {
        var values = new HashMap<String, String>();
        var keys = new HashSet<String>();
        json.next(JsonToken.START_OBJECT, METADATA);
        while (json.nextIsKey()) {
            String key = json.key(keys, METADATA);
            values.put(key, json.string(METADATA + "." + key));
        }
        return values;
    }
}
