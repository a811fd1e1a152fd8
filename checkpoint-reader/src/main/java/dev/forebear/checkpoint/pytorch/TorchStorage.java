package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Name;
import dev.forebear.checkpoint.pickle.PickleValue.Nothing;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Tuple;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import java.util.List;

/**
 * What a pickle says about a storage: {@code ("storage", class, key, device, values)}, and in streams a view of it as
 * well, {@code (key, first value, values)} or {@code None}.
 *
 * @param dtype of its values; U8 when it is untyped
 * @param elements values in the whole storage
 * @param first value of the whole storage with which the view begins
 * @param viewed values in the view
 */
record TorchStorage(String key, Dtype dtype, long elements, long first, long viewed) {

    TorchStorage {
        long bytes = Math.multiplyExact(elements, (long) width(dtype));
        if (bytes < 0 || first < 0 || viewed < 0 || first > elements || viewed > elements - first) {
            throw new IllegalArgumentException(
                    "expected a view within %d values, found %d from %d on".formatted(elements, viewed, first));
        }
    }

    /** @throws IllegalArgumentException when this is no storage */
    static TorchStorage of(PickleValue id) {
        if (!(id instanceof Tuple tuple)
                || tuple.items().size() < 5
                || tuple.items().size() > 6) {
            throw new IllegalArgumentException("expected a storage, found something else beside the pickle");
        }
        List<PickleValue> parts = tuple.items();
        if (!(parts.get(0) instanceof Text kind) || !kind.value().equals("storage")) {
            throw new IllegalArgumentException("expected a storage, found something else beside the pickle");
        }
        Dtype dtype = parts.get(1) instanceof Name type ? TorchNames.STORAGES.get(type.name()) : null;
        if (dtype == null || !(parts.get(2) instanceof Text key) || !(parts.get(4) instanceof Whole elements)) {
            throw new IllegalArgumentException("expected class, key and size of a storage, found others");
        }
        PickleValue view = parts.size() == 6 ? parts.get(5) : Nothing.NONE;
        if (view == Nothing.NONE) {
            return new TorchStorage(key.value(), dtype, elements.value(), 0, elements.value());
        }
        boolean isView = view instanceof Tuple bounds
                && bounds.items().size() == 3
                && bounds.items().get(1) instanceof Whole
                && bounds.items().get(2) instanceof Whole;
        if (!isView) {
            throw new IllegalArgumentException("expected key, first value and size of a view, found others");
        }
        List<PickleValue> bounds = ((Tuple) view).items();
        return new TorchStorage(
                key.value(), dtype, elements.value(), ((Whole) bounds.get(1)).value(), ((Whole) bounds.get(2)).value());
    }

    /** Bytes of the whole storage. */
    long bytes() {
        return elements * width(dtype);
    }

    /** Offset in the whole storage of the first byte of the view. */
    long firstByte() {
        return first * width(dtype);
    }

    /** Bytes of the view. */
    long viewedBytes() {
        return viewed * width(dtype);
    }

    private static int width(Dtype dtype) {
        return dtype.bits() / Byte.SIZE;
    }
}
