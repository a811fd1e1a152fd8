package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.StoredValues;
import dev.forebear.checkpoint.numbers.StridedValues;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A tensor of a PyTorch file. */
final class TorchTensor implements Tensor {

    private final String name;
    private final TensorView view;
    private final String file;
    private final StridedValues values;
    private final long elements;

    /** @param stored the bytes of its storage */
    TorchTensor(String name, TensorView view, String file, ByteSource stored) {
        this.name = name;
        this.view = view;
        this.file = file;
        this.values = new StridedValues(
                new StoredValues(stored, view.firstByte(), view.dtype()), view.shape(), view.strides());
        this.elements = view.elements();
    }

    /** The shard that holds it. */
    String file() {
        return file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Dtype dtype() {
        return view.dtype();
    }

    @Override
    public List<Long> shape() {
        return view.shape();
    }

    @Override
    public long elements() {
        return elements;
    }

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        Objects.checkFromIndexSize(first, count, elements);
        Objects.checkFromIndexSize(at, count, into.length);
        values.read(name, first, count, into, at);
    }

    @Override
    public String toString() {
        return file + ": " + name + " " + dtype() + " " + shape();
    }
}
