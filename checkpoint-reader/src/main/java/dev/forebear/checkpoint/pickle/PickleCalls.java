package dev.forebear.checkpoint.pickle;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.pickle.PickleValue.Call;
import dev.forebear.checkpoint.pickle.PickleValue.Mapping;
import dev.forebear.checkpoint.pickle.PickleValue.Name;
import dev.forebear.checkpoint.pickle.PickleValue.Sequence;
import dev.forebear.checkpoint.pickle.PickleValue.Tuple;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names and calls of a pickle: permitted ones become values, a call of any other name is what makes a pickle unsafe.
 * Nothing is called.
 */
final class PickleCalls {

    private static final Set<String> DICTIONARIES =
            Set.of("collections.OrderedDict", "collections.defaultdict", "collections.Counter", "builtins.dict");
    private static final int NAME_LIMIT = 1_000;

    private final String file;
    private final PickleNames names;
    private @Nullable Name unknown;
    private long copied;

    PickleCalls(String file, PickleNames names) {
        this.file = file;
        this.names = names;
    }

    Name name(String module, String name) throws CheckpointException {
        if (module.length() + name.length() > NAME_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    file,
                    "pickle: expected names of at most " + NAME_LIMIT + " characters, found more");
        }
        var found = new Name(module, name);
        if (unknown == null && !names.mayRefer(found)) {
            unknown = found;
        }
        return found;
    }

    /** What a call would answer. */
    PickleValue call(PickleValue function, List<PickleValue> arguments, long position) throws CheckpointException {
        Name name = callable(function, position);
        if (names.forwards(name)) {
            Name forwarded = callable(arguments.isEmpty() ? new Sequence() : arguments.getFirst(), position);
            if (names.forwards(forwarded)) {
                throw unsafe("call " + forwarded.qualified() + " through itself", position);
            }
        }
        return DICTIONARIES.contains(name.qualified()) ? dictionary(arguments) : new Call(name, arguments);
    }

    private Name callable(PickleValue function, long position) throws CheckpointException {
        if (!(function instanceof Name name)) {
            throw unsafe("call what it made itself", position);
        }
        if (!names.mayCall(name)) {
            throw unsafe("call " + name.qualified(), position);
        }
        return name;
    }

    // Of pairs, as Python 2 wrote ordered dictionaries; other arguments say how missing keys are made.
    private Mapping dictionary(List<PickleValue> arguments) throws CheckpointException {
        var mapping = new Mapping();
        for (PickleValue argument : arguments) {
            if (argument instanceof Mapping other) {
                countCopies(other.size());
                for (int i = 0; i < other.size(); i++) {
                    mapping.put(other.key(i), other.value(i));
                }
            }
            if (argument instanceof Sequence pairs) {
                countCopies(pairs.items().size());
                for (PickleValue pair : pairs.items()) {
                    addPair(mapping, pair);
                }
            }
        }
        return mapping;
    }

    // The same dictionary, copied again and again, would fill the memory from a few bytes.
    private void countCopies(int count) throws CheckpointException {
        copied += count;
        if (copied > PickleStack.VALUES_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    file,
                    "pickle: expected at most " + PickleStack.VALUES_LIMIT + " copied entries, found more");
        }
    }

    private static void addPair(Mapping mapping, PickleValue pair) {
        List<PickleValue> items =
                switch (pair) {
                    case Tuple tuple -> tuple.items();
                    case Sequence list -> list.items();
                    default -> List.of();
                };
        if (items.size() == 2) {
            mapping.put(items.get(0), items.get(1));
        }
    }

    /** Sets attributes of what a call made; attributes of classes and functions are code. */
    void build(PickleValue target, long position) throws CheckpointException {
        switch (target) {
            case Name name -> throw unsafe("change " + name.qualified(), position);
            case Mapping mapping -> {}
            case Call call -> {}
            case PickleValue.Persistent persistent -> {}
            default ->
                throw new CheckpointException(
                        Reason.MALFORMED,
                        file,
                        "pickle, byte " + position + ": expected attributes of an object, found those of a "
                                + target.getClass().getSimpleName());
        }
    }

    /** @throws CheckpointException UNSUPPORTED when the pickle refers to what it may not */
    void checkKnown() throws CheckpointException {
        if (unknown != null) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, file, "pickle: expected names that tensors need, found " + unknown.qualified());
        }
    }

    private CheckpointException unsafe(String deed, long position) {
        return new CheckpointException(
                Reason.UNSAFE,
                file,
                "pickle, byte " + position + ": expected only calls that rebuild tensors, found an unsafe file that "
                        + "would " + deed);
    }
}
