package dev.forebear.runtime.yaml;

import java.util.function.BiConsumer;

/**
 * A text of a settings file that has a language of its own, whose parser tells where in it something is wrong. Problems
 * are noted where they stand in the file, however YAML wrote the text: plain, quoted, or as a block.
 */
public final class Passage {

    private final String text;
    private final PassagePositions positions;
    private final BiConsumer<Position, String> problems;

    Passage(String text, PassagePositions positions, BiConsumer<Position, String> problems) {
        this.text = text;
        this.positions = positions;
        this.problems = problems;
    }

    /** The text, without the space around it. */
    public String text() {
        return text;
    }

    /**
     * Notes what is wrong.
     *
     * @param line in the text, from 1
     * @param column in code points, from 1
     */
    public void problem(int line, int column, String message) {
        problems.accept(positions.inFile(line, column), message);
    }
}
