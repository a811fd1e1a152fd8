package dev.forebear.alerts.policy;

/** Makes texts from outside fit to be shown in a line of a message. */
final class Wording {

    private static final int REPLACEMENT = 0xFFFD;

    private Wording() {}

    /** Without line breaks, control characters and characters that turn the direction of writing. */
    static String oneLine(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().map(Wording::visible).forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    /** The same, cut to a length in characters. */
    static String oneLine(String text, int length) {
        String line = oneLine(text);
        return line.length() <= length ? line : line.substring(0, length - 1) + "…";
    }

    private static int visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                Character.isWhitespace(character) ? ' ' : REPLACEMENT;
            case Character.FORMAT, Character.SURROGATE -> REPLACEMENT;
            default -> character;
        };
    }
}
