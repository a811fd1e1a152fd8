package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.pickle.PickleReader;
import dev.forebear.checkpoint.pickle.PickleReader.Pickle;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Large;
import dev.forebear.checkpoint.pickle.PickleValue.Sequence;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.SourceRange;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stream layout, before PyTorch 1.6: five pickles (a magic number, a version, the machine, the tensors, the keys of
 * the storages), then for each key the number of its values in eight bytes and the values. How wide these are is known
 * from what the tensors say about their storages.
 */
final class TorchStream {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;

    private TorchStream() {}

    /**
     * @throws CheckpointException MALFORMED when the file lies, UNSAFE when a pickle would run code, UNSUPPORTED when
     *     it is a pickle of another kind or of a machine with another byte order
     */
    static TorchContent read(ByteSource source) throws IOException {
        Pickle magic = PickleReader.read(source, 0, TorchNames.PERMITTED);
        if (!(magic.value() instanceof Large number) || !number.value().equals(MAGIC)) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, source.name(), "expected a file of torch.save, found another pickle");
        }
        Pickle version = PickleReader.read(source, magic.end(), TorchNames.PERMITTED);
        if (!(version.value() instanceof Whole value) || value.value() != VERSION) {
            throw malformed(source, "expected version " + VERSION + ", found another");
        }
        Pickle machine = PickleReader.read(source, version.end(), TorchNames.PERMITTED);
        new SystemInfo(source.name(), machine.value()).checkByteOrder();
        Pickle tensors = PickleReader.read(source, machine.end(), TorchNames.PERMITTED);
        Pickle keys = PickleReader.read(source, tensors.end(), TorchNames.PERMITTED);
        return new TorchContent(tensors.value(), located(source, tensors, keys));
    }

    private static StorageRanges located(ByteSource source, Pickle tensors, Pickle keys) throws IOException {
        Map<String, TorchStorage> storages = storages(source, tensors);
        var found = new HashMap<String, ByteSource>();
        long next = keys.end();
        for (String key : texts(source, keys.value())) {
            TorchStorage storage = storages.remove(key);
            if (storage == null) {
                throw malformed(source, "storage " + key + ": expected one that the pickle tells of once");
            }
            long elements = length(source, next);
            if (elements != storage.elements()) {
                throw malformed(
                        source, "storage " + key + ": expected " + storage.elements() + " values, found " + elements);
            }
            found.put(key, new SourceRange(source, next + Long.BYTES, storage.bytes()));
            next += Long.BYTES + storage.bytes();
        }
        if (next != source.size()) {
            throw malformed(source, "expected the file to end at byte " + next + ", found " + source.size());
        }
        return new StorageRanges(source.name(), found);
    }

    private static Map<String, TorchStorage> storages(ByteSource source, Pickle tensors) throws CheckpointException {
        var storages = new HashMap<String, TorchStorage>();
        for (PickleValue.Persistent persistent : tensors.persistent()) {
            try {
                TorchStorage storage = TorchStorage.of(persistent.id());
                storages.putIfAbsent(storage.key(), storage);
            } catch (IllegalArgumentException | ArithmeticException lie) {
                throw malformed(source, "pickle: " + lie.getMessage());
            }
        }
        return storages;
    }

    private static List<String> texts(ByteSource source, PickleValue keys) throws CheckpointException {
        var texts = new ArrayList<String>();
        if (keys instanceof Sequence list) {
            for (PickleValue key : list.items()) {
                texts.add(key instanceof Text text ? text.value() : "");
            }
            return texts;
        }
        throw malformed(source, "expected a list of keys of storages, found something else");
    }

    private static long length(ByteSource source, long offset) throws IOException {
        var length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        new SourceRange(source, offset, Long.BYTES).read(0, length);
        return length.flip().getLong();
    }

    private static CheckpointException malformed(ByteSource source, String message) {
        return new CheckpointException(Reason.MALFORMED, source.name(), message);
    }
}
