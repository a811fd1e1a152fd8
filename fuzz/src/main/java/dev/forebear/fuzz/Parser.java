package dev.forebear.fuzz;

import java.io.IOException;

/** Something that reads bytes which anybody may have written. */
interface Parser {

    /**
     * Reads all that the bytes hold.
     *
     * @throws dev.forebear.checkpoint.CheckpointException when they are no good; whatever else it throws is a defect
     */
    void read(byte[] input) throws IOException;
}
