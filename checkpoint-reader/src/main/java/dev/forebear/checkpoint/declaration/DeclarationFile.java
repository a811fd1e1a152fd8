package dev.forebear.checkpoint.declaration;

import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;

/** A kind of file that may declare what a model was made from. */
interface DeclarationFile {

    /** Whether a file of this name, in the folder of the weights, is one. */
    boolean isNamed(String name);

    /**
     * Notes what it declares.
     *
     * @throws dev.forebear.checkpoint.CheckpointException when it is not what its name promises, or not safe to read
     */
    void read(ByteSource file, Declared declared) throws IOException;
}
