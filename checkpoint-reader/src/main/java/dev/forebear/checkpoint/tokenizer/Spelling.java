package dev.forebear.checkpoint.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** How the tokens of a vocabulary are written, so that equal tokens of different tokenizers become equal bytes. */
sealed interface Spelling {

    byte[] bytes(String token);

    /** Bytes in the alphabet of {@link ByteAlphabet}. */
    record ByteLevel() implements Spelling {
        @Override
        public byte[] bytes(String token) {
            return ByteAlphabet.read(token);
        }
    }

    /** ▁ for a space and {@code <0xNN>} for a byte, as SentencePiece writes. */
    record SpaceMarks() implements Spelling {

        private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");

        @Override
        public byte[] bytes(String token) {
            if (token.length() == 6 && BYTE.matcher(token).matches()) {
                return HexFormat.of().parseHex(token, 3, 5);
            }
            return token.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A prefix for what goes on inside a word; every other token begins one, after a space. */
    record Continuations(String prefix) implements Spelling {
        @Override
        public byte[] bytes(String token) {
            boolean goesOn = !prefix.isEmpty() && token.length() > prefix.length() && token.startsWith(prefix);
            String text = goesOn ? token.substring(prefix.length()) : " " + token;
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
