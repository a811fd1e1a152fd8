package dev.forebear.checkpoint;

import java.io.IOException;

/** A gain or a bias. */
public interface WeightVector {

    int size();

    String name();

    /** Reads all values; a new array each time. */
    float[] read() throws IOException;
}
