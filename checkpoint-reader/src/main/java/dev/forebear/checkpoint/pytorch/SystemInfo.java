package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Mapping;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Truth;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;

/** What a file says about its version and about the machine that wrote it: a dictionary. */
final class SystemInfo {

    private final String file;
    private final Mapping entries;

    /** @throws CheckpointException MALFORMED when it is no dictionary */
    SystemInfo(String file, PickleValue info) throws CheckpointException {
        if (!(info instanceof Mapping mapping)) {
            throw malformed(file, "expected a dictionary about the machine, found something else");
        }
        this.file = file;
        this.entries = mapping;
    }

    /** @throws CheckpointException UNSUPPORTED when the machine put the highest byte first */
    void checkByteOrder() throws CheckpointException {
        for (int i = 0; i < entries.size(); i++) {
            if (isKey(i, "little_endian") && entries.value(i) == Truth.FALSE) {
                throw new CheckpointException(Reason.UNSUPPORTED, file, "byte order: expected little, found big");
            }
        }
    }

    /** @throws CheckpointException MALFORMED when it is another version, or none */
    void checkVersion(long expected) throws CheckpointException {
        boolean found = false;
        for (int i = 0; i < entries.size(); i++) {
            if (isKey(i, "protocol_version")) {
                found = entries.value(i) instanceof Whole version && version.value() == expected;
            }
        }
        if (!found) {
            throw malformed(file, "expected version " + expected + ", found another");
        }
    }

    private boolean isKey(int index, String name) {
        return entries.key(index) instanceof Text key && key.value().equals(name);
    }

    private static CheckpointException malformed(String file, String message) {
        return new CheckpointException(Reason.MALFORMED, file, message);
    }
}
