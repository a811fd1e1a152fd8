package dev.forebear.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A tensor whose values lie one after another in a file, so that what is packed in them can be read as bytes. */
public interface StoredTensor extends Tensor {

    /** The file that holds it, for messages. */
    String file();

    /**
     * Fills {@code into} from its position to its limit with the bytes that start {@code from} bytes into the tensor,
     * in little-endian order whatever the file's.
     */
    void readBytes(long from, ByteBuffer into) throws IOException;
}
