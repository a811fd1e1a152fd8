package dev.forebear.replay.signing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A statement in a DSSE envelope, one JSON file: what was signed, in base64, and the signature.
 *
 * @see <a href="https://github.com/secure-systems-lab/dsse">Dead Simple Signing Envelope</a>
 */
public final class Envelope {

    private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final long LARGEST_BYTES = 16L * 1024 * 1024;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Envelope() {}

    /** The file that holds the signed statement. */
    public static byte[] seal(Statement statement, SigningKey key) {
        byte[] payload = bytes(statement.json());
        var envelope = MAPPER.createObjectNode()
                .put("payloadType", PAYLOAD_TYPE)
                .put("payload", Base64.getEncoder().encodeToString(payload));
        envelope.putArray("signatures")
                .addObject()
                .put("sig", Base64.getEncoder().encodeToString(key.sign(preAuthentication(payload))));
        return bytes(envelope);
    }

    /**
     * The statement of an envelope, after its signature was verified.
     *
     * @throws NotVerified when no signature in it is of this key, or it is no such envelope
     */
    public static Statement open(Path file, VerificationKey key) throws IOException {
        if (Files.size(file) > LARGEST_BYTES) {
            throw new NotVerified(
                    file + ": expected an envelope of at most " + LARGEST_BYTES + " bytes, found " + Files.size(file));
        }
        JsonNode envelope = parsed(file.toString(), Files.readAllBytes(file));
        if (!envelope.path("payloadType").asText().equals(PAYLOAD_TYPE)) {
            throw new NotVerified(file + ": expected a payload of type " + PAYLOAD_TYPE + ", found '"
                    + envelope.path("payloadType").asText() + "'");
        }
        byte[] payload = base64(file, envelope.path("payload"));
        byte[] signed = preAuthentication(payload);
        for (JsonNode signature : envelope.path("signatures")) {
            if (key.verifies(signed, base64(file, signature.path("sig")))) {
                return Statement.of(parsed(file + ", payload", payload));
            }
        }
        throw new NotVerified(file + ": expected a signature of this key, found none");
    }

    /** What is signed: the type and the statement, each with its length, so that neither can pass for the other. */
    private static byte[] preAuthentication(byte[] payload) {
        byte[] head = ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[Math.addExact(head.length, payload.length)];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    private static byte[] base64(Path file, JsonNode text) {
        try {
            return Base64.getDecoder().decode(text.asText());
        } catch (IllegalArgumentException broken) {
            throw new NotVerified(file + ": expected base64, found something else");
        }
    }

    private static JsonNode parsed(String where, byte[] json) throws IOException {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new NotVerified(where + ": expected JSON, found something else");
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree could not be written", impossible);
        }
    }
}
