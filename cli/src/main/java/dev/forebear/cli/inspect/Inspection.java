package dev.forebear.cli.inspect;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be told of a checkpoint without reading its weights. A part that cannot be read is null and
 * leaves a problem.
 *
 * @param tensors the weights; the tensors as they are stored where those cannot be told
 * @param parametersByDtype number of values by dtype, or layout of quantised ones
 * @param quantisation how most quantised weights are packed; null when none is
 * @param adapter what kind of adapter it is and what it was put on; null for a model of its own
 * @param problems what could not be read, and why
 */
record Inspection(
        String location,
        List<Tensor> tensors,
        Map<String, Long> parametersByDtype,
        @Nullable Quantisation quantisation,
        @Nullable ModelConfig config,
        @Nullable Transformer transformer,
        @Nullable Tokenizer tokenizer,
        Declarations declarations,
        @Nullable String adapter,
        List<Problem> problems) {

    static Inspection of(Checkpoint checkpoint) throws IOException {
        var problems = new ArrayList<Problem>();
        ModelConfig config = read(checkpoint::config, problems);
        List<Tensor> weights = read(checkpoint::weights, problems);
        List<Tensor> tensors = weights == null ? checkpoint.tensors() : weights;
        return new Inspection(
                checkpoint.location(),
                tensors,
                parametersByDtype(tensors),
                weights == null ? null : checkpoint.quantisation(),
                config,
                config == null ? null : read(checkpoint::transformer, problems),
                read(checkpoint::tokenizer, problems),
                checkpoint.declarations(),
                adapter(checkpoint),
                List.copyOf(problems));
    }

    private static @Nullable String adapter(Checkpoint checkpoint) {
        return checkpoint.isAdapterAlone() || checkpoint.adapter() == null
                ? checkpoint.adapter()
                : checkpoint.adapter() + ", put on " + checkpoint.adapterBase();
    }

    long parameters() {
        return parametersByDtype.values().stream().mapToLong(Long::longValue).sum();
    }

    long bytes() {
        return tensors.stream().mapToLong(Tensor::bytes).sum();
    }

    TensorRoles roles() {
        return transformer == null ? TensorRoles.none() : TensorRoles.of(transformer);
    }

    private interface Part<T> {
        @Nullable
        T read() throws IOException;
    }

    private static <T> @Nullable T read(Part<T> part, List<Problem> problems) throws IOException {
        try {
            return part.read();
        } catch (CheckpointException failure) {
            problems.add(new Problem(failure));
            return null;
        }
    }

    private static Map<String, Long> parametersByDtype(List<Tensor> tensors) {
        var counts = new TreeMap<String, Long>();
        tensors.forEach(tensor -> counts.merge(tensor.storedAs(), tensor.elements(), Math::addExact));
        return counts;
    }
}
