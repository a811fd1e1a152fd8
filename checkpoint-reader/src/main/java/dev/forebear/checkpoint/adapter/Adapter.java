package dev.forebear.checkpoint.adapter;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.adapter.AdapterTensorName.Part;
import dev.forebear.checkpoint.view.TensorView;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A LoRA adapter: what it adds to matrices of a base, and the tensors that take the place of the base's. */
public final class Adapter {

    private static final int TARGETS_NAMED = 8;

    private final AdapterConfig config;
    private final String file;
    private final List<Tensor> tensors;
    private final SortedMap<String, Map<Part, Tensor>> updates = new TreeMap<>();
    private final SortedMap<String, Tensor> replacements = new TreeMap<>();

    private Adapter(AdapterConfig config, String file, List<Tensor> tensors) {
        this.config = config;
        this.file = file;
        this.tensors = List.copyOf(tensors);
    }

    /** @throws CheckpointException UNSUPPORTED when a tensor belongs to no LoRA, MALFORMED when two have one place */
    static Adapter of(AdapterConfig config, String file, List<Tensor> tensors) throws CheckpointException {
        var adapter = new Adapter(config, file, tensors);
        for (Tensor tensor : tensors) {
            adapter.add(tensor);
        }
        return adapter;
    }

    private void add(Tensor tensor) throws CheckpointException {
        AdapterTensorName name = AdapterTensorName.of(tensor.name());
        if (name == null || !tensor.dtype().isPlainFloat()) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    file,
                    "tensor " + tensor.name() + ": expected a part of LoRA in floating point, found another");
        }
        Tensor other = name.part() == Part.WHOLE
                ? replacements.put(name.module(), tensor)
                : updates.computeIfAbsent(name.module(), none -> new EnumMap<>(Part.class))
                        .put(name.part(), tensor);
        if (other != null) {
            throw malformed(tensor, "expected once, found " + other.name() + " in the same place");
        }
    }

    /** Its tensors as they are stored, sorted by name. */
    public List<Tensor> tensors() {
        return tensors;
    }

    /** What it says about where its base is, a name or a path on another machine; null when it does not say. */
    public @Nullable String declaredBase() {
        return config.base();
    }

    /** For people: kind, rank and what it is put on, such as "LoRA of rank 4 on q_proj, v_proj". */
    public String description() {
        var ranks = new TreeSet<Long>();
        var targets = new TreeSet<String>();
        updates.forEach((module, parts) -> {
            Tensor reading = parts.getOrDefault(Part.A, parts.get(Part.EMBEDDING_A));
            if (reading != null && !reading.shape().isEmpty()) {
                ranks.add(reading.shape().getFirst());
                targets.add(module.substring(module.lastIndexOf('.') + 1));
            }
        });
        if (ranks.isEmpty()) {
            return "LoRA without updates";
        }
        String rank = ranks.size() == 1 ? "" + ranks.first() : ranks.first() + " to " + ranks.last();
        String on = targets.stream().limit(TARGETS_NAMED).collect(Collectors.joining(", "))
                + (targets.size() > TARGETS_NAMED ? " and " + (targets.size() - TARGETS_NAMED) + " more" : "");
        return (config.magnitudes() ? "DoRA" : "LoRA") + " of rank " + rank + " on " + on;
    }

    /**
     * The weights that the base computes with when this adapter is put on it, in the order of the base's. Nothing is
     * read.
     *
     * @param base weights of the base
     * @throws CheckpointException MALFORMED when a tensor of the adapter does not fit the base
     */
    public List<Tensor> on(List<Tensor> base) throws CheckpointException {
        var found = new TensorsOfBase(base);
        var changed = new HashMap<String, Tensor>();
        for (Map.Entry<String, Tensor> entry : replacements.entrySet()) {
            Tensor weight = required(found.find(entry.getKey()), entry.getValue());
            if (!weight.shape().equals(entry.getValue().shape())) {
                throw malformed(
                        entry.getValue(),
                        "expected shape " + weight.shape() + " of the base, found "
                                + entry.getValue().shape());
            }
            changed.put(weight.name(), TensorView.renamed(weight.name(), entry.getValue()));
        }
        for (Map.Entry<String, Map<Part, Tensor>> entry : updates.entrySet()) {
            Tensor any = entry.getValue().values().iterator().next();
            Tensor weight = required(found.find(entry.getKey() + ".weight"), any);
            var module = new AdaptedModule(config, file, entry.getKey(), entry.getValue());
            if (changed.get(weight.name()) instanceof AdaptedTensor) {
                throw malformed(any, "expected one update of " + weight.name() + ", found another");
            }
            changed.put(weight.name(), module.on(changed.getOrDefault(weight.name(), weight)));
        }
        return base.stream()
                .map(weight -> changed.getOrDefault(weight.name(), weight))
                .toList();
    }

    private Tensor required(@Nullable Tensor weight, Tensor part) throws CheckpointException {
        if (weight == null) {
            throw malformed(part, "expected a weight of the base that it is for, found none");
        }
        return weight;
    }

    private CheckpointException malformed(Tensor tensor, String message) {
        return new CheckpointException(Reason.MALFORMED, file, "tensor " + tensor.name() + ": " + message);
    }
}
