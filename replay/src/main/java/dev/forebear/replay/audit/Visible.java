package dev.forebear.replay.audit;

/**
 * Texts from outside with what cannot be seen written out: a line feed as ␊, a right-to-left override as ‹U+202E›. So
 * nothing in a name hides or reorders what follows it.
 */
final class Visible {

    private static final int FIRST_PICTURE = 0x2400;
    private static final int DELETE = 0x7F;
    private static final char PICTURE_OF_DELETE = '\u2421';

    private Visible() {}

    static String of(String text) {
        var visible = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(visible, character));
        return visible.toString();
    }

    private static void append(StringBuilder visible, int character) {
        if (character < ' ') {
            visible.append((char) (FIRST_PICTURE + character));
        } else if (character == DELETE) {
            visible.append(PICTURE_OF_DELETE);
        } else if (isUnseen(character)) {
            visible.append("‹U+%04X›".formatted(character));
        } else {
            visible.appendCodePoint(character);
        }
    }

    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
