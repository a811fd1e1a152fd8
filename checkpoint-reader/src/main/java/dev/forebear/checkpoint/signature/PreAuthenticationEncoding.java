package dev.forebear.checkpoint.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The bytes that the signatures of a DSSE envelope are made of.
 *
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.0/protocol.md">DSSE</a>
 */
final class PreAuthenticationEncoding {

    private PreAuthenticationEncoding() {}

    static byte[] of(String type, byte[] payload) {
        var bytes = new ByteArrayOutputStream(payload.length + 64);
        bytes.writeBytes(head("DSSEv1", type, payload));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** As version 0.2 of the reference implementation made it: the payload as Python would show it. */
    static byte[] ofVersion02(String type, byte[] payload) {
        var bytes = new ByteArrayOutputStream(payload.length + 64);
        bytes.writeBytes(head("DSSEV1", type, payload));
        char quote = contains(payload, '\'') && !contains(payload, '"') ? '"' : '\'';
        bytes.write('b');
        bytes.write(quote);
        for (byte character : payload) {
            if (character >= ' ' && character < 127 && character != quote && character != '\\') {
                bytes.write(character);
            } else {
                bytes.writeBytes(escaped(character).getBytes(StandardCharsets.US_ASCII));
            }
        }
        bytes.write(quote);
        return bytes.toByteArray();
    }

    private static byte[] head(String version, String type, byte[] payload) {
        return "%s %d %s %d "
                .formatted(version, type.length(), type, payload.length)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean contains(byte[] bytes, char character) {
        for (byte each : bytes) {
            if (each == character) {
                return true;
            }
        }
        return false;
    }

    private static String escaped(byte character) {
        return switch (character) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\\', '\'', '"' -> "\\" + (char) character;
            default -> "\\x" + HexFormat.of().toHexDigits(character);
        };
    }
}
