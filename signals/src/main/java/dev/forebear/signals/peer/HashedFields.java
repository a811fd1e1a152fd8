package dev.forebear.signals.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;

/** SHA-256 of a JSON array of fields, written with ", " between them: the form in which the peer hashes fields. */
final class HashedFields {

    private HashedFields() {}

    /** A missing field is null. */
    static String of(JsonNode... fields) {
        StringJoiner array = new StringJoiner(", ", "[", "]");
        for (JsonNode field : fields) {
            array.add(json(field));
        }
        return sha256(array.toString());
    }

    private static String json(JsonNode field) {
        if (field.isMissingNode()) {
            return "null";
        }
        if (!field.isArray()) {
            return field.toString();
        }
        StringJoiner array = new StringJoiner(", ", "[", "]");
        field.forEach(element -> array.add(json(element)));
        return array.toString();
    }

    static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
