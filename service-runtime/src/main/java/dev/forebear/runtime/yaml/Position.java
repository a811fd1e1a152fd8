package dev.forebear.runtime.yaml;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1
 */
record Position(int line, int column) implements Comparable<Position> {

    static final Position START = new Position(1, 1);

    @Override
    public int compareTo(Position other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
