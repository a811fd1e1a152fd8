package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Call;
import dev.forebear.checkpoint.pickle.PickleValue.Name;
import dev.forebear.checkpoint.pickle.PickleValue.Persistent;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Tuple;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls with which a pickle rebuilds tensors, and what they would answer. */
final class TensorCalls {

    private static final int WRAPPERS_LIMIT = 16;
    private static final int DTYPE_ARGUMENT = 6;

    private final String file;
    private final String name;
    private final Map<String, TensorView> kept;

    private TensorCalls(String file, String name, Map<String, TensorView> kept) {
        this.file = file;
        this.name = name;
        this.kept = kept;
    }

    /**
     * The tensor that a value is; null when it is none.
     *
     * @param file where it is, for messages
     * @param name what it is called, for messages
     * @param kept tensors beside the pickle, by what it calls them
     * @throws CheckpointException MALFORMED when its parts do not fit together, UNSUPPORTED when it is of a kind that
     *     is not read
     */
    static @Nullable TensorView tensor(String file, String name, PickleValue value, Map<String, TensorView> kept)
            throws CheckpointException {
        var calls = new TensorCalls(file, name, kept);
        try {
            TensorView tensor = calls.tensor(value);
            if (tensor != null && tensor.repeatsValues()) {
                throw calls.unsupported(
                        "each value to be stored",
                        tensor.elements() + " values of " + tensor.storage().viewed() + " stored ones");
            }
            return tensor;
        } catch (IllegalArgumentException lie) {
            throw new CheckpointException(Reason.MALFORMED, file, "tensor " + name + ": " + lie.getMessage());
        } catch (ArithmeticException overflow) {
            throw calls.malformed("a size that fits 63 bits", "a larger one");
        }
    }

    private @Nullable TensorView tensor(PickleValue value) throws CheckpointException {
        PickleValue wrapped = value;
        for (int depth = 0; depth < WRAPPERS_LIMIT && wrapped instanceof Call call; depth++) {
            String function = call.function().qualified();
            if (TorchNames.REBUILD.contains(function)) {
                return rebuilt(function, call.arguments());
            }
            if (TorchNames.NOT_READ.contains(function)) {
                throw unsupported("a plain tensor", function);
            }
            if (TorchNames.WRAP.contains(function)) {
                wrapped = argument(call.arguments(), 0);
            } else if (function.equals(TorchNames.REBUILD_SUBCLASS)) {
                wrapped = forwarded(call.arguments());
            } else {
                return null;
            }
        }
        TensorView beside =
                wrapped instanceof Persistent object && object.id() instanceof Text key ? kept.get(key.value()) : null;
        if (beside == null && wrapped != value) {
            throw malformed("a tensor inside " + describe(value), describe(wrapped));
        }
        return beside;
    }

    // The function comes first, its class second, its arguments third.
    private Call forwarded(List<PickleValue> arguments) throws CheckpointException {
        if (argument(arguments, 0) instanceof Name function && argument(arguments, 2) instanceof Tuple inner) {
            return new Call(function, inner.items());
        }
        throw malformed("a function with its arguments", "others");
    }

    private TensorView rebuilt(String function, List<PickleValue> arguments) throws CheckpointException {
        if (!(argument(arguments, 0) instanceof Persistent stored)) {
            throw malformed("a storage", describe(argument(arguments, 0)));
        }
        TorchStorage storage = TorchStorage.of(stored.id());
        Dtype dtype = storage.dtype();
        if (function.endsWith("_v3")) {
            dtype = argument(arguments, DTYPE_ARGUMENT) instanceof Name name
                    ? TorchNames.DTYPES.get(name.qualified())
                    : null;
        }
        if (dtype == null || !(argument(arguments, 1) instanceof Whole offset)) {
            throw malformed("dtype and offset", "others");
        }
        return new TensorView(
                storage, dtype, offset.value(), sizes(argument(arguments, 2)), sizes(argument(arguments, 3)));
    }

    private List<Long> sizes(PickleValue value) throws CheckpointException {
        PickleValue plain =
                value instanceof Call size && size.function().qualified().equals("torch.Size")
                        ? argument(size.arguments(), 0)
                        : value;
        if (!(plain instanceof Tuple tuple)) {
            throw malformed("a tuple of integers", describe(plain));
        }
        var sizes = new ArrayList<Long>();
        for (PickleValue item : tuple.items()) {
            if (!(item instanceof Whole size)) {
                throw malformed("a tuple of integers", describe(item) + " in it");
            }
            sizes.add(size.value());
        }
        return sizes;
    }

    private PickleValue argument(List<PickleValue> arguments, int index) throws CheckpointException {
        if (index >= arguments.size()) {
            throw malformed("at least " + (index + 1) + " arguments", arguments.size() + "");
        }
        return arguments.get(index);
    }

    private static String describe(PickleValue value) {
        return value instanceof Call call
                ? call.function().qualified()
                : "a " + value.getClass().getSimpleName();
    }

    private CheckpointException malformed(String expected, String found) {
        return refusal(Reason.MALFORMED, expected, found);
    }

    private CheckpointException unsupported(String expected, String found) {
        return refusal(Reason.UNSUPPORTED, expected, found);
    }

    private CheckpointException refusal(Reason reason, String expected, String found) {
        return new CheckpointException(reason, file, "tensor " + name + ": expected " + expected + ", found " + found);
    }
}
