package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.util.Map;

/**
 * Storages that lie behind each other in a file.
 *
 * @param file for messages
 * @param ranges where they lie, by key
 */
record StorageRanges(String file, Map<String, ByteSource> ranges) implements TorchStorages {

    StorageRanges {
        ranges = Map.copyOf(ranges);
    }

    @Override
    public ByteSource bytes(TorchStorage storage) throws CheckpointException {
        ByteSource bytes = ranges.get(storage.key());
        if (bytes == null || bytes.size() != storage.bytes()) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    file,
                    "storage " + storage.key() + ": expected " + storage.bytes() + " bytes, found "
                            + (bytes == null ? "none" : bytes.size() + ""));
        }
        return bytes;
    }
}
