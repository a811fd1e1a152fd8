package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.pickle.PickleNames;
import dev.forebear.checkpoint.pickle.PickleReader;
import dev.forebear.checkpoint.pickle.PickleReader.Pickle;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Persistent;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Tuple;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.storage.SourceRange;
import dev.forebear.checkpoint.tar.TarArchive;
import dev.forebear.checkpoint.tar.TarEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The tar layout of PyTorch 0.1, before the stream: {@code sys_info}, the machine; {@code pickle}, in which tensors and
 * storages are keys of what is kept in {@code tensors} and {@code storages}.
 */
final class TorchTar {

    private static final Set<String> MEMBERS = Set.of("sys_info", "pickle", "tensors", "storages");
    private static final long VERSION = 1000;
    private static final int INFO_LIMIT = 64 << 10;
    private static final int TENSORS_LIMIT = 64 << 20;
    private static final int BLOCK = 512;

    /** Two blocks, and those that fill up a record of twenty. */
    private static final int END_LIMIT = 22 * BLOCK;

    private final ByteSource source;
    private final Map<String, TarEntry> members = new HashMap<>();

    private TorchTar(ByteSource source) {
        this.source = source;
    }

    /**
     * @throws CheckpointException MALFORMED when archive or members lie, UNSAFE when a pickle would run code,
     *     UNSUPPORTED when it is an archive of something else or of a machine with another byte order
     */
    static TorchContent read(ByteSource source) throws IOException {
        var tar = new TorchTar(source);
        tar.find();
        tar.checkMachine();
        TarStorages storages = TarStorages.read(new TarMember(source.name() + ": storages", tar.member("storages")));
        TarTensors tensors = TarTensors.read(
                new TarMember(source.name() + ": tensors", tar.copy("tensors", TENSORS_LIMIT)), storages.byKey());
        return new TorchContent(
                tar.pickle(storages, tensors), tensors.views(), new StorageRanges(source.name(), storages.ranges()));
    }

    private void find() throws IOException {
        long end = 0;
        for (TarEntry entry : TarArchive.onlyFiles(source)) {
            if (!MEMBERS.contains(entry.name())) {
                throw new CheckpointException(
                        Reason.UNSUPPORTED,
                        source.name(),
                        "expected the members of a file of torch.save, found " + entry.name());
            }
            if (members.put(entry.name(), entry) != null) {
                throw malformed("member " + entry.name() + ": expected once, found twice");
            }
            end = entry.start() + (entry.size() + BLOCK - 1) / BLOCK * BLOCK;
        }
        checkEnd(end);
    }

    // What another reader would take for a member must not follow the blocks of zeros.
    private void checkEnd(long end) throws IOException {
        if (end >= source.size()) {
            return;
        }
        if (source.size() - end > END_LIMIT) {
            throw malformed("expected the file to end at byte " + end + ", found " + source.size());
        }
        for (byte value : new SourceRange(source, end, source.size() - end).readAll(END_LIMIT)) {
            if (value != 0) {
                throw malformed("expected zeros from byte " + end + " on, found other bytes");
            }
        }
    }

    private void checkMachine() throws IOException {
        ByteSource info = copy("sys_info", INFO_LIMIT);
        Pickle pickle = PickleReader.read(info, 0, PickleNames.NONE);
        checkEnd("sys_info", info, pickle);
        var system = new SystemInfo(info.name(), pickle.value());
        system.checkVersion(VERSION);
        system.checkByteOrder();
    }

    private PickleValue pickle(TarStorages storages, TarTensors tensors) throws IOException {
        ByteSource member = member("pickle");
        Pickle pickle = PickleReader.read(member, 0, TorchNames.PERMITTED);
        checkEnd("pickle", member, pickle);
        for (Persistent object : pickle.persistent()) {
            boolean isKept = object.id() instanceof Text key
                    && (tensors.keys().contains(key.value()) || storages.byKey().containsKey(key.value()));
            // Classes of models are kept as tuples with their source; a call of one is unsafe already.
            if (!isKept && !(object.id() instanceof Tuple)) {
                throw malformed("pickle: expected a tensor or storage of the file, found "
                        + (object.id() instanceof Text key ? "key " + key.value() : "another object"));
            }
        }
        return pickle.value();
    }

    private void checkEnd(String name, ByteSource member, Pickle pickle) throws CheckpointException {
        if (pickle.end() != member.size()) {
            throw malformed("member %s: expected the end at byte %d, found it at %d"
                    .formatted(name, pickle.end(), member.size()));
        }
    }

    private ByteSource member(String name) throws CheckpointException {
        TarEntry entry = members.get(name);
        if (entry == null) {
            throw malformed("expected a member " + name + ", found none");
        }
        return new SourceRange(source, entry.start(), entry.size());
    }

    private ByteSource copy(String name, int limit) throws IOException {
        return new BytesSource(source.name() + ": " + name, member(name).readAll(limit));
    }

    private CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, source.name(), message);
    }
}
