package dev.forebear.cli.reference;

import java.io.IOException;

/** Where reference models are kept. */
interface Shelf {

    /** In words. */
    String name();

    /** @throws IOException when it cannot be read */
    Models models() throws IOException;

    /**
     * Takes over models: all of them or, when one is not what it should be, none.
     *
     * @throws IOException when a model, or the shelf, cannot be read or written
     */
    Merging put(Models incoming) throws IOException;
}
