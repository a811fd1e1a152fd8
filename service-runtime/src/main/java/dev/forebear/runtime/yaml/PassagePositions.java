package dev.forebear.runtime.yaml;

/**
 * Where the characters of a scalar stand in the file. All that YAML does to a scalar but escapes is to add, fold and
 * leave out white space: so the characters that are none are counted.
 *
 * @param file text of the whole file
 * @param start where the scalar begins: at its first character, its quote, or the header of its block
 * @param text the scalar as YAML understood it
 */
record PassagePositions(String file, Position start, String text) {

    /** Where a place of the text is in the file; what lies behind its end is at its end. */
    Position inFile(int line, int column) {
        int[] letters = text.codePoints().toArray();
        int index = index(letters, line, column);
        int before = letters(letters, 0, index);
        boolean isEnd = letters(letters, index, letters.length) == 0;
        // Behind the last letter there may be anything; nothing of it belongs to the text.
        Position letter = new Walk(file, start).letter(isEnd ? Math.max(0, before - 1) : before);
        return isEnd && before > 0 ? new Position(letter.line(), letter.column() + 1) : letter;
    }

    private static int letters(int[] text, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            letters += isSpace(text[i]) ? 0 : 1;
        }
        return letters;
    }

    private static int index(int[] letters, int line, int column) {
        int index = 0;
        for (int at = 1; at < line && index < letters.length; index++) {
            at += letters[index] == '\n' ? 1 : 0;
        }
        return (int) Math.min(letters.length, (long) index + Math.max(1, column) - 1);
    }

    static boolean isSpace(int letter) {
        return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
    }

    /** Goes over a scalar as it stands in the file. */
    private static final class Walk {

        private final int[] file;
        private int next;
        private Position at;

        Walk(String text, Position start) {
            file = text.codePoints().toArray();
            at = Position.START;
            while (next < file.length && at.compareTo(start) < 0) {
                step();
            }
        }

        /** Where the letter stands that so many others come before. */
        Position letter(int before) {
            return switch (look()) {
                case '|', '>' -> inBlock(before);
                case '"' -> inDoubleQuotes(before);
                case '\'' -> inSingleQuotes(before);
                default -> inPlainText(before);
            };
        }

        private Position inBlock(int before) {
            while (look() != '\n' && look() != 0) {
                step();
            }
            return inPlainText(before);
        }

        private Position inPlainText(int before) {
            skipSpace();
            for (int i = 0; i < before; i++) {
                step();
                skipSpace();
            }
            return at;
        }

        private Position inSingleQuotes(int before) {
            step();
            skipSpace();
            for (int i = 0; i < before; i++) {
                boolean doubled = look() == '\'';
                step();
                if (doubled) {
                    step();
                }
                skipSpace();
            }
            return at;
        }

        private Position inDoubleQuotes(int before) {
            step();
            skipSpaceAndItsEscapes();
            for (int i = 0; i < before; i++) {
                step(look() == '\\' ? escapeLength() : 1);
                skipSpaceAndItsEscapes();
            }
            return at;
        }

        private void skipSpaceAndItsEscapes() {
            skipSpace();
            while (look() == '\\' && "ntr \t\r\n".indexOf(look(1)) >= 0) {
                step(2);
                skipSpace();
            }
        }

        private int escapeLength() {
            return switch (look(1)) {
                case 'x' -> 4;
                case 'u' -> 6;
                case 'U' -> 10;
                default -> 2;
            };
        }

        private void skipSpace() {
            while (isSpace(look())) {
                step();
            }
        }

        private int look() {
            return look(0);
        }

        private int look(int ahead) {
            return next + ahead < file.length ? file[next + ahead] : 0;
        }

        private void step(int letters) {
            for (int i = 0; i < letters; i++) {
                step();
            }
        }

        private void step() {
            if (next < file.length) {
                at = file[next] == '\n' ? new Position(at.line() + 1, 1) : new Position(at.line(), at.column() + 1);
                next++;
            }
        }
    }
}
