package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;

/** Where a file keeps the bytes of its storages. */
interface TorchStorages {

    /**
     * The bytes of a whole storage.
     *
     * @throws dev.forebear.checkpoint.CheckpointException MALFORMED when there is none of this key and size
     */
    ByteSource bytes(TorchStorage storage) throws IOException;
}
