package dev.forebear.checkpoint.pickle;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.pickle.PickleValue.Mapping;
import dev.forebear.checkpoint.pickle.PickleValue.Nothing;
import dev.forebear.checkpoint.pickle.PickleValue.Persistent;
import dev.forebear.checkpoint.pickle.PickleValue.Sequence;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Truth;
import dev.forebear.checkpoint.pickle.PickleValue.Tuple;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pickles of protocols 0 to 5 as data. All opcodes are understood, so that a call cannot hide behind one that is
 * not; what an opcode would do to a Python process it does to values of this package, and calls become
 * {@link PickleValue.Call}s. The first call of a name that is not permitted ends the reading, whatever comes after it:
 * Python would have made the call by then.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">pickletools, where the opcodes are documented</a>
 */
public final class PickleReader {

    private static final int OPCODES_LIMIT = 8_000_000;
    private static final int PROTOCOL_LIMIT = 5;

    /**
     * What one pickle holds.
     *
     * @param persistent every object that it keeps elsewhere, also where the value does not lead to it
     * @param end offset in the source of the byte after it
     */
    public record Pickle(PickleValue value, List<Persistent> persistent, long end) {

        public Pickle {
            persistent = List.copyOf(persistent);
        }
    }

    private final String file;
    private final PickleInput input;
    private final PickleAtoms atoms;
    private final PickleStack stack;
    private final PickleCalls calls;
    private final List<Persistent> persistent = new ArrayList<>();

    private PickleReader(ByteSource source, long start, PickleNames names) {
        this.file = source.name();
        this.input = new PickleInput(source, start);
        this.atoms = new PickleAtoms(input);
        this.stack = new PickleStack(file);
        this.calls = new PickleCalls(file, names);
    }

    /**
     * Reads the pickle that starts at an offset.
     *
     * @throws CheckpointException UNSAFE when it would call or change anything that is not permitted, UNSUPPORTED when
     *     it refers to anything else, MALFORMED when it is no pickle, REFUSED when it is absurdly large
     */
    public static Pickle read(ByteSource source, long start, PickleNames names) throws IOException {
        return new PickleReader(source, start, names).read();
    }

    private Pickle read() throws IOException {
        for (int count = 0; count < OPCODES_LIMIT; count++) {
            long position = input.position();
            int opcode = input.unsignedByte();
            if (opcode == '.') {
                PickleValue value = stack.pop();
                calls.checkKnown();
                return new Pickle(value, persistent, input.position());
            }
            try {
                step(opcode, position);
            } catch (NumberFormatException noNumber) {
                throw malformed(position, "a number", String.valueOf(noNumber.getMessage()));
            }
        }
        throw new CheckpointException(
                Reason.REFUSED, file, "pickle: expected at most " + OPCODES_LIMIT + " opcodes, found more");
    }

    private void step(int opcode, long position) throws IOException {
        switch (opcode) {
            case 0x80 -> protocol(position);
            case 0x95 -> input.signedLong(); // The length of a frame; opcodes go on regardless of it.
            case '0' -> stack.popValueOrMark();
            case '1' -> stack.popToMark();
            case '2' -> stack.pushAgain(stack.top());
            case '(' -> stack.mark();
            case 'p' -> stack.remember(Long.parseLong(input.line()));
            case 'q' -> stack.remember(input.unsignedByte());
            case 'r' -> stack.remember(input.unsignedInt());
            case 0x94 -> stack.rememberNext();
            case 'g' -> stack.recall(Long.parseLong(input.line()));
            case 'h' -> stack.recall(input.unsignedByte());
            case 'j' -> stack.recall(input.unsignedInt());
            case 'N' -> stack.pushAgain(Nothing.NONE);
            case 0x88, 0x89 -> stack.pushAgain(Truth.of(opcode == 0x88));
            case 'I', 'L', 'J', 'K', 'M', 0x8a, 0x8b, 'F', 'G' -> stack.push(atoms.number(opcode));
            case 'S', 'T', 'U', 'V', 'X', 0x8c, 0x8d -> stack.push(atoms.text(opcode));
            case 'B', 'C', 0x8e, 0x96, 0x97 -> stack.push(atoms.binary(opcode));
            case 0x98 -> stack.top(); // Makes a buffer read-only.
            case ')', 't', 0x85, 0x86, 0x87 -> stack.push(new Tuple(items(opcode)));
            case ']', 'l', 0x8f, 0x91 -> list(opcode);
            case 'a', 'e', 0x90 -> append(opcode, position);
            case '}' -> stack.push(new Mapping());
            case 'd' -> stack.push(filled(new Mapping(), stack.popToMark(), position));
            case 's' -> entries(stack.pop(2), position);
            case 'u' -> entries(stack.popToMark(), position);
            case 'P' -> persistent(new Text(input.line()));
            case 'Q' -> persistent(stack.pop());
            case 'c' -> stack.push(calls.name(input.line(), input.line()));
            case 0x93 -> stackName(position);
            case 0x82, 0x83, 0x84 -> extension(opcode);
            case 'R', 0x81, 0x92, 'i', 'o' -> call(opcode, position);
            case 'b' -> {
                stack.pop();
                calls.build(stack.top(), position);
            }
            default -> throw malformed(position, "an opcode", "byte 0x%02x".formatted(opcode));
        }
    }

    private void protocol(long position) throws IOException {
        int protocol = input.unsignedByte();
        if (protocol > PROTOCOL_LIMIT) {
            throw malformed(position, "a protocol of at most " + PROTOCOL_LIMIT, protocol + "");
        }
    }

    private List<PickleValue> items(int opcode) throws CheckpointException {
        return switch (opcode) {
            case ')' -> List.of();
            case 't' -> stack.popToMark();
            default -> stack.pop(opcode - 0x84);
        };
    }

    private void list(int opcode) throws CheckpointException {
        var list = new Sequence();
        if (opcode == 'l' || opcode == 0x91) {
            list.addAll(stack.popToMark());
        }
        stack.push(list);
    }

    private void append(int opcode, long position) throws CheckpointException {
        List<PickleValue> items = opcode == 'a' ? stack.pop(1) : stack.popToMark();
        switch (stack.top()) {
            case Sequence list -> list.addAll(items);
            case PickleValue.Call object -> {} // A permitted type with items of its own, which no tensor needs.
            default -> throw malformed(position, "a list to add to", described());
        }
    }

    private void entries(List<PickleValue> items, long position) throws CheckpointException {
        switch (stack.top()) {
            case Mapping mapping -> filled(mapping, items, position);
            case PickleValue.Call object -> {} // As above.
            default -> throw malformed(position, "a dictionary to add to", described());
        }
    }

    private Mapping filled(Mapping mapping, List<PickleValue> items, long position) throws CheckpointException {
        if (items.size() % 2 != 0) {
            throw malformed(position, "keys with values", items.size() + " of both");
        }
        for (int i = 0; i < items.size(); i += 2) {
            mapping.put(items.get(i), items.get(i + 1));
        }
        return mapping;
    }

    private String described() throws CheckpointException {
        return "a " + stack.top().getClass().getSimpleName();
    }

    private void persistent(PickleValue id) throws CheckpointException {
        var object = new Persistent(id);
        persistent.add(object);
        stack.push(object);
    }

    private void stackName(long position) throws CheckpointException {
        List<PickleValue> parts = stack.pop(2);
        if (!(parts.get(0) instanceof Text module) || !(parts.get(1) instanceof Text name)) {
            throw malformed(position, "a name of two texts", "others");
        }
        stack.push(calls.name(module.value(), name.value()));
    }

    private void extension(int opcode) throws IOException {
        long code =
                switch (opcode) {
                    case 0x82 -> input.unsignedByte();
                    case 0x83 -> input.unsignedShort();
                    default -> input.unsignedInt();
                };
        stack.push(calls.name("copyreg", "extension " + code));
    }

    private void call(int opcode, long position) throws IOException {
        PickleValue function;
        List<PickleValue> arguments;
        switch (opcode) {
            case 'i' -> {
                function = calls.name(input.line(), input.line());
                arguments = stack.popToMark();
            }
            case 'o' -> {
                List<PickleValue> all = stack.popToMark();
                if (all.isEmpty()) {
                    throw malformed(position, "a class to make an object of", "none");
                }
                function = all.getFirst();
                arguments = all.subList(1, all.size());
            }
            default -> {
                List<PickleValue> all = stack.pop(opcode == 0x92 ? 3 : 2);
                function = all.getFirst();
                arguments = all.get(1) instanceof Tuple tuple ? tuple.items() : List.of();
            }
        }
        stack.push(calls.call(function, arguments, position));
    }

    private CheckpointException malformed(long position, String expected, String found) {
        return new CheckpointException(
                Reason.MALFORMED, file, "pickle, byte " + position + ": expected " + expected + ", found " + found);
    }
}
