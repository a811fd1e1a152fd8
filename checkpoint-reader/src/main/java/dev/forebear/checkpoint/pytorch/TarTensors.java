package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Name;
import dev.forebear.checkpoint.pickle.PickleValue.Nothing;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The member {@code tensors}: how many there are; for each {@code (key, key of its storage, class)}, the number of its
 * dimensions, their sizes and strides, and the index of its first value, eight bytes each. A tensor without dimensions
 * held no value then, and may have no storage; it is passed over.
 */
final class TarTensors {

    private final TarMember member;
    private final Map<String, TorchStorage> storages;
    private final Set<String> keys = new HashSet<>();
    private final Map<String, TensorView> views = new HashMap<>();

    private TarTensors(TarMember member, Map<String, TorchStorage> storages) {
        this.member = member;
        this.storages = storages;
    }

    /**
     * @param storages that they may refer to, by key
     * @throws CheckpointException MALFORMED when the member lies, UNSAFE when it would run code
     */
    static TarTensors read(TarMember member, Map<String, TorchStorage> storages) throws IOException {
        var tensors = new TarTensors(member, storages);
        int count = member.count();
        for (int i = 0; i < count; i++) {
            tensors.add(member.three());
        }
        member.checkEnd();
        return tensors;
    }

    /** Keys of all tensors, also of those without values. */
    Set<String> keys() {
        return keys;
    }

    /** Tensors with values by key. */
    Map<String, TensorView> views() {
        return views;
    }

    private void add(List<PickleValue> head) throws IOException {
        Dtype dtype = head.get(2) instanceof Name type ? TorchNames.TENSORS.get(type.name()) : null;
        if (!(head.get(0) instanceof Whole number) || dtype == null) {
            throw member.malformed("expected key, storage and class of a tensor, found others");
        }
        String key = number.value() + "";
        if (storages.containsKey(key) || !keys.add(key)) {
            throw malformed(key, "expected one object of this key, found two");
        }
        int dimensions = member.paddedInt();
        if (dimensions < 0 || dimensions > TensorView.DIMENSIONS_LIMIT) {
            throw malformed(
                    key, "expected at most " + TensorView.DIMENSIONS_LIMIT + " dimensions, found " + dimensions);
        }
        List<Long> shape = member.numbers(dimensions);
        List<Long> strides = member.numbers(dimensions);
        long offset = member.number();
        boolean none = dimensions == 0 && head.get(1) == Nothing.NONE;
        if (!none) {
            TorchStorage storage = storage(key, head.get(1), dtype);
            if (dimensions > 0) {
                views.put(key, view(key, storage, offset, shape, strides));
            }
        }
    }

    private TorchStorage storage(String key, PickleValue id, Dtype dtype) throws CheckpointException {
        TorchStorage storage = id instanceof Whole number ? storages.get(number.value() + "") : null;
        if (storage == null) {
            throw malformed(key, "expected a storage of the file, found another");
        }
        if (storage.dtype() != dtype) {
            throw malformed(key, "expected a storage of " + dtype + ", found one of " + storage.dtype());
        }
        return storage;
    }

    private TensorView view(String key, TorchStorage storage, long offset, List<Long> shape, List<Long> strides)
            throws CheckpointException {
        try {
            return new TensorView(storage, storage.dtype(), offset, shape, strides);
        } catch (IllegalArgumentException lie) {
            throw malformed(key, String.valueOf(lie.getMessage()));
        } catch (ArithmeticException overflow) {
            throw malformed(key, "expected a size that fits 63 bits, found a larger one");
        }
    }

    private CheckpointException malformed(String key, String message) {
        return member.malformed("tensor " + key + ": " + message);
    }
}
