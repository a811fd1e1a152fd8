package dev.forebear.checkpoint.pickle;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.util.ArrayList;
import java.util.List;

/** The stack and the memo of a pickle, bounded in depth and in the number of values. */
final class PickleStack {

    /** A dozen values for each of more tensors than any published file holds, kept in 150 MB at worst. */
    static final int VALUES_LIMIT = 1_500_000;

    private static final int DEPTH_LIMIT = 1_000_000;
    private static final int MARKS_LIMIT = 10_000;
    private static final PickleValue NEVER = new PickleValue.Sequence();

    private final String file;
    private final ArrayList<PickleValue> values = new ArrayList<>();
    private final ArrayList<Integer> marks = new ArrayList<>();
    private final ArrayList<PickleValue> memo = new ArrayList<>();
    private int made;

    PickleStack(String file) {
        this.file = file;
    }

    /** Puts a new value on top. */
    void push(PickleValue value) throws CheckpointException {
        if (++made > VALUES_LIMIT) {
            throw refused(VALUES_LIMIT + " values");
        }
        pushAgain(value);
    }

    /** Puts a value on top that exists already. */
    void pushAgain(PickleValue value) throws CheckpointException {
        if (values.size() == DEPTH_LIMIT) {
            throw refused("a stack of " + DEPTH_LIMIT + " values");
        }
        values.add(value);
    }

    PickleValue pop() throws CheckpointException {
        top();
        return values.removeLast();
    }

    PickleValue top() throws CheckpointException {
        if (values.size() <= floor()) {
            throw malformed("a value on the stack, found none");
        }
        return values.getLast();
    }

    void mark() throws CheckpointException {
        if (marks.size() == MARKS_LIMIT) {
            throw refused(MARKS_LIMIT + " open marks");
        }
        marks.add(values.size());
    }

    /** Takes the values above the last mark, and the mark. */
    List<PickleValue> popToMark() throws CheckpointException {
        if (marks.isEmpty()) {
            throw malformed("a mark on the stack, found none");
        }
        List<PickleValue> above = values.subList(marks.removeLast(), values.size());
        List<PickleValue> taken = List.copyOf(above);
        above.clear();
        return taken;
    }

    /** Takes the value on top, or the mark when there is none above it. */
    void popValueOrMark() throws CheckpointException {
        if (!marks.isEmpty() && values.size() == floor()) {
            marks.removeLast();
        } else {
            pop();
        }
    }

    /** Takes the last values of a tuple in their order. */
    List<PickleValue> pop(int count) throws CheckpointException {
        if (values.size() - floor() < count) {
            throw malformed(count + " values on the stack, found " + (values.size() - floor()));
        }
        List<PickleValue> last = values.subList(values.size() - count, values.size());
        List<PickleValue> taken = List.copyOf(last);
        last.clear();
        return taken;
    }

    void remember(long index) throws CheckpointException {
        if (index < 0 || index >= VALUES_LIMIT) {
            throw refused("at most " + VALUES_LIMIT + " remembered values");
        }
        while (memo.size() <= index) {
            memo.add(NEVER);
        }
        memo.set((int) index, top());
    }

    void rememberNext() throws CheckpointException {
        remember(memo.size());
    }

    void recall(long index) throws CheckpointException {
        if (index < 0 || index >= memo.size() || memo.get((int) index) == NEVER) {
            throw malformed("a remembered value, found none at " + index);
        }
        pushAgain(memo.get((int) index));
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.getLast();
    }

    private CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, file, "pickle: expected " + message);
    }

    private CheckpointException refused(String limit) {
        return new CheckpointException(Reason.REFUSED, file, "pickle: expected at most " + limit + ", found more");
    }
}
