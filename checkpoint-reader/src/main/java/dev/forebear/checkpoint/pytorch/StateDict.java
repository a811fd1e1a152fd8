package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Mapping;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a pickle by name. A training checkpoint holds them in one of its entries; dictionaries of dictionaries
 * become names with dots, and what wrappers around a model add to every name is left out. Entries that are no tensors,
 * such as counters, are passed over.
 */
final class StateDict {

    /** Entries of training checkpoints that hold the weights, the first one present counts. */
    private static final List<String> WEIGHTS =
            List.of("state_dict", "model_state_dict", "model", "module", "params", "net", "weights");

    /** Added by wrappers for several devices and for compilation. */
    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

    private static final int DEPTH_LIMIT = 16;
    private static final int VISITS_LIMIT = 3_000_000;
    private static final int TENSORS_LIMIT = 500_000;
    private static final int NAME_LIMIT = 1_000;
    private static final long NAMES_LIMIT = 64L << 20;

    private final String file;
    private final Map<String, TensorView> kept;
    private final SortedMap<String, TensorView> tensors = new TreeMap<>();
    private int visits;
    private long characters;

    private StateDict(String file, Map<String, TensorView> kept) {
        this.file = file;
        this.kept = kept;
    }

    /**
     * @throws CheckpointException MALFORMED when the pickle holds no tensors or one of them lies, REFUSED when it is
     *     absurdly large, UNSUPPORTED when a tensor is of a kind that is not read
     */
    static SortedMap<String, TensorView> tensors(String file, TorchContent content) throws CheckpointException {
        var state = new StateDict(file, content.kept());
        if (weights(content.pickle()) instanceof Mapping mapping) {
            state.add("", mapping, 0);
        }
        if (state.tensors.isEmpty()) {
            throw state.malformed("pickle: expected a dictionary of tensors, found none");
        }
        return unwrapped(state.tensors);
    }

    private static PickleValue weights(PickleValue value) {
        PickleValue weights = value;
        for (int depth = 0; depth < DEPTH_LIMIT; depth++) {
            PickleValue inner = weights instanceof Mapping mapping ? inner(mapping) : null;
            if (inner == null) {
                return weights;
            }
            weights = inner;
        }
        return weights;
    }

    private static @Nullable PickleValue inner(Mapping mapping) {
        int best = WEIGHTS.size();
        PickleValue inner = null;
        for (int i = 0; i < mapping.size(); i++) {
            int rank = mapping.key(i) instanceof Text key ? WEIGHTS.indexOf(key.value()) : -1;
            if (rank >= 0 && rank < best && mapping.value(i) instanceof Mapping) {
                best = rank;
                inner = mapping.value(i);
            }
        }
        return inner;
    }

    private void add(String prefix, Mapping mapping, int depth) throws CheckpointException {
        if (depth > DEPTH_LIMIT) {
            throw refused(DEPTH_LIMIT + " dictionaries inside each other");
        }
        for (int i = 0; i < mapping.size(); i++) {
            if (++visits > VISITS_LIMIT) {
                throw refused(VISITS_LIMIT + " entries");
            }
            if (!(mapping.key(i) instanceof Text key)) {
                continue;
            }
            if (prefix.length() + key.value().length() > NAME_LIMIT) {
                throw refused(NAME_LIMIT + " characters in a name");
            }
            String name = prefix + key.value();
            if (mapping.value(i) instanceof Mapping inner) {
                add(name + ".", inner, depth + 1);
            } else {
                addTensor(name, mapping.value(i));
            }
        }
    }

    private void addTensor(String name, PickleValue value) throws CheckpointException {
        TensorView tensor = TensorCalls.tensor(file, name, value, kept);
        if (tensor == null) {
            return;
        }
        characters += name.length();
        if (tensors.size() == TENSORS_LIMIT || characters > NAMES_LIMIT) {
            throw refused(TENSORS_LIMIT + " tensors with " + NAMES_LIMIT + " characters in their names");
        }
        if (tensors.put(name, tensor) != null) {
            throw malformed("tensor " + name + ": expected once, found twice");
        }
    }

    private static SortedMap<String, TensorView> unwrapped(SortedMap<String, TensorView> tensors) {
        for (String wrapper : WRAPPERS) {
            if (tensors.keySet().stream().allMatch(name -> name.startsWith(wrapper))) {
                var plain = new TreeMap<String, TensorView>();
                for (Map.Entry<String, TensorView> entry : tensors.entrySet()) {
                    plain.put(entry.getKey().substring(wrapper.length()), entry.getValue());
                }
                return unwrapped(plain);
            }
        }
        return tensors;
    }

    private CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, file, message);
    }

    private CheckpointException refused(String limit) {
        return new CheckpointException(Reason.REFUSED, file, "pickle: expected at most " + limit + ", found more");
    }
}
