package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.pickle.PickleValue;
import dev.forebear.checkpoint.pickle.PickleValue.Name;
import dev.forebear.checkpoint.pickle.PickleValue.Sequence;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Tuple;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code storages}: how many there are; for each {@code (key, device, class)}, the number of its values in
 * eight bytes, and the values; then a list of views of them, {@code (key, key of the storage, first value, values)}.
 */
final class TarStorages {

    private final TarMember member;
    private final Map<String, TorchStorage> storages = new HashMap<>();
    private final Map<String, ByteSource> ranges = new HashMap<>();

    private TarStorages(TarMember member) {
        this.member = member;
    }

    /** @throws CheckpointException MALFORMED when the member lies, UNSAFE when it would run code */
    static TarStorages read(TarMember member) throws IOException {
        var found = new TarStorages(member);
        int count = member.count();
        for (int i = 0; i < count; i++) {
            found.addStorage(member.three());
        }
        found.addViews(member.pickle());
        member.checkEnd();
        return found;
    }

    /** Storages and views of them, by key. */
    Map<String, TorchStorage> byKey() {
        return storages;
    }

    /** Where the values of the storages lie, by key. */
    Map<String, ByteSource> ranges() {
        return ranges;
    }

    private void addStorage(List<PickleValue> head) throws IOException {
        Dtype dtype = head.get(2) instanceof Name type ? TorchNames.STORAGES.get(type.name()) : null;
        if (!(head.get(0) instanceof Whole number) || !(head.get(1) instanceof Text) || dtype == null) {
            throw member.malformed("expected key, device and class of a storage, found others");
        }
        String key = number.value() + "";
        long values = member.number();
        TorchStorage storage = storage(key, key, dtype, values, 0, values);
        add(key, storage);
        ranges.put(key, member.values(storage.bytes()));
    }

    private void addViews(PickleValue views) throws CheckpointException {
        if (!(views instanceof Sequence list)) {
            throw member.malformed("expected a list of views of storages, found something else");
        }
        Map<String, TorchStorage> whole = Map.copyOf(storages);
        for (PickleValue view : list.items()) {
            boolean ofNumbers = view instanceof Tuple tuple
                    && tuple.items().size() == 4
                    && tuple.items().stream().allMatch(Whole.class::isInstance);
            if (!ofNumbers) {
                throw member.malformed("expected four numbers of a view, found others");
            }
            List<Long> numbers = ((Tuple) view)
                    .items().stream().map(item -> ((Whole) item).value()).toList();
            addView(numbers, whole.get(numbers.get(1) + ""));
        }
    }

    private void addView(List<Long> numbers, @Nullable TorchStorage viewed) throws CheckpointException {
        String key = numbers.get(0) + "";
        if (viewed == null) {
            throw member.malformed(
                    "storage " + key + ": expected a view of a storage of the file, found one of " + numbers.get(1));
        }
        add(key, storage(key, viewed.key(), viewed.dtype(), viewed.elements(), numbers.get(2), numbers.get(3)));
    }

    private TorchStorage storage(String key, String whole, Dtype dtype, long elements, long first, long viewed)
            throws CheckpointException {
        try {
            return new TorchStorage(whole, dtype, elements, first, viewed);
        } catch (IllegalArgumentException lie) {
            throw member.malformed("storage " + key + ": " + lie.getMessage());
        } catch (ArithmeticException overflow) {
            throw member.malformed(
                    "storage " + key + ": expected a size that fits 63 bits, found " + elements + " values");
        }
    }

    private void add(String key, TorchStorage storage) throws CheckpointException {
        if (storages.putIfAbsent(key, storage) != null) {
            throw member.malformed("storage " + key + ": expected once, found twice");
        }
    }
}
