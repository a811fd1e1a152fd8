package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.pickle.PickleReader;
import dev.forebear.checkpoint.pickle.PickleReader.Pickle;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Tuple;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.storage.SourceRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A member of the tar layout from front to back: small pickles, each followed by numbers and values. */
final class TarMember {

    /** As many as a model may have tensors. */
    static final int COUNT_LIMIT = 500_000;

    /** Five times a pickle of three values. */
    private static final int HEAD_LIMIT = 512;

    private static final int WINDOW = 8 << 10;

    private final String name;
    private final ByteSource source;
    private byte[] window = {};
    private long windowStart;
    private long next;

    /** @param name of the file and the member, for messages */
    TarMember(String name, ByteSource source) {
        this.name = name;
        this.source = source;
    }

    /** How many follow. */
    int count() throws IOException {
        long count = head() instanceof Whole whole ? whole.value() : -1;
        if (count < 0) {
            throw malformed("expected how many follow, found none");
        }
        if (count > COUNT_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED, name, "expected at most " + COUNT_LIMIT + " entries, found " + count);
        }
        return (int) count;
    }

    /** A pickle of three values. */
    List<PickleValue> three() throws IOException {
        if (head() instanceof Tuple tuple && tuple.items().size() == 3) {
            return tuple.items();
        }
        throw malformed("expected key and two more values, found others");
    }

    private PickleValue head() throws IOException {
        byte[] bytes = bytes((int) Math.min(HEAD_LIMIT, source.size() - next));
        Pickle pickle = PickleReader.read(new BytesSource(name + ", from byte " + next, bytes), 0, TorchNames.KEPT);
        next += pickle.end();
        return pickle.value();
    }

    /** A pickle of any size. */
    PickleValue pickle() throws IOException {
        Pickle pickle = PickleReader.read(source, next, TorchNames.KEPT);
        next = pickle.end();
        return pickle.value();
    }

    /** A number of four bytes, in eight of which the others mean nothing. */
    int paddedInt() throws IOException {
        return (int) number();
    }

    long number() throws IOException {
        return numbers(1).getFirst();
    }

    /** @param count so few that they may be allocated */
    List<Long> numbers(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(count * Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        next += bytes.remaining();
        var numbers = new ArrayList<Long>(count);
        while (bytes.hasRemaining()) {
            numbers.add(bytes.getLong());
        }
        return numbers;
    }

    /** So many bytes, which are passed over. */
    ByteSource values(long size) throws CheckpointException {
        need(size);
        var values = new SourceRange(source, next, size);
        next += size;
        return values;
    }

    /** @throws CheckpointException MALFORMED when anything follows */
    void checkEnd() throws CheckpointException {
        if (next != source.size()) {
            throw malformed("expected the end at byte " + next + ", found it at " + source.size());
        }
    }

    private byte[] bytes(int count) throws IOException {
        need(count);
        if (next < windowStart || next + count > windowStart + window.length) {
            window = new byte[(int) Math.min(Math.max(WINDOW, count), source.size() - next)];
            source.read(next, ByteBuffer.wrap(window));
            windowStart = next;
        }
        int from = (int) (next - windowStart);
        return Arrays.copyOfRange(window, from, from + count);
    }

    private void need(long count) throws CheckpointException {
        if (count > source.size() - next) {
            throw malformed(
                    "expected " + count + " bytes from byte " + next + " on, found the end at byte " + source.size());
        }
    }

    CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, name, message);
    }
}
