package dev.forebear.alerts.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of what a record held.
 *
 * @param size of all of it, in bytes
 * @param shown bytes shown, at most {@value MOST}
 * @param text null when it is not text in UTF-8
 */
record BytesView(int size, int shown, @Nullable String text, String hex) {

    private static final int MOST = 64 << 10;
    /** A character of UTF-8 that the end of what is shown may cut. */
    private static final int MOST_CUT = 3;

    static @Nullable BytesView of(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[Math.min(MOST, buffer.remaining())];
        buffer.duplicate().get(bytes);
        return new BytesView(
                buffer.remaining(),
                bytes.length,
                text(bytes, bytes.length < buffer.remaining() ? MOST_CUT : 0),
                HexFormat.of().formatHex(bytes));
    }

    private static @Nullable String text(byte[] bytes, int cut) {
        for (int less = 0; less <= Math.min(cut, bytes.length); less++) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - less))
                        .toString();
            } catch (CharacterCodingException e) {
                // Perhaps only its end is cut; else it is no text.
            }
        }
        return null;
    }
}
