package dev.forebear.ingest.listing;

/** What comes from outside, made fit for one line of a log. */
final class Line {

    private static final int MAX_LENGTH = 500;

    private Line() {}

    static String of(String text) {
        String line = text.codePoints()
                .limit(MAX_LENGTH)
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.length() < text.length() ? line + "…" : line;
    }
}
