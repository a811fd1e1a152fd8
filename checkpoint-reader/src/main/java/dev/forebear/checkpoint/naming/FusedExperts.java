package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.view.KeptMatrix;
import dev.forebear.checkpoint.view.TensorView;
import dev.forebear.checkpoint.view.TurnedColumns;
import java.util.List;
import java.util.Map;

/**
 * Experts of a block that are stored in two tensors, as Llama 4, Qwen 3 VL, GPT-OSS and Granite do: seen as one matrix
 * for each projection of each, under the names of models that store them so.
 *
 * <pre>
 *   gate and up   (experts × d × 2 F) or (experts × 2 F × d), halves or every other one
 *   down          (experts × F × d)   or (experts × d × F)
 * </pre>
 */
final class FusedExperts {

    private static final int EXPERTS_LIMIT = 4_096;
    private static final long SIZE_LIMIT = 1 << 24;

    /**
     * Names of the two tensors and of what they stand for.
     *
     * @param interleaved what is beside gate and up when they take turns; empty when they never do
     */
    private record Fusion(
            String gateUp, String down, String interleaved, String expert, String gate, String up, String one) {}

    private static final List<Fusion> FUSIONS = List.of(
            new Fusion(
                    "experts.gate_up_proj",
                    "experts.down_proj",
                    "experts.gate_up_proj_bias",
                    "experts.%d.",
                    "gate_proj",
                    "up_proj",
                    "down_proj"),
            new Fusion("input_linear.weight", "output_linear.weight", "", "experts.%d.", "w1", "w3", "w2"));

    private final Map<String, Tensor> tensors;
    private final String prefix;
    private final Fusion fusion;

    private FusedExperts(Map<String, Tensor> tensors, String prefix, Fusion fusion) {
        this.tensors = tensors;
        this.prefix = prefix;
        this.fusion = fusion;
    }

    /** Adds the experts to the tensors; those that do not fit together, or are too large to be read turned, are not. */
    static void addTo(Map<String, Tensor> tensors) {
        for (String name : List.copyOf(tensors.keySet())) {
            for (Fusion fusion : FUSIONS) {
                if (name.endsWith("." + fusion.gateUp())) {
                    String prefix =
                            name.substring(0, name.length() - fusion.gateUp().length());
                    new FusedExperts(tensors, prefix, fusion).add();
                }
            }
        }
    }

    private void add() {
        Tensor gateUp = tensors.get(prefix + fusion.gateUp());
        Tensor down = tensors.get(prefix + fusion.down());
        if (gateUp == null || down == null || !isStack(gateUp) || !isStack(down)) {
            return;
        }
        List<Long> outer = gateUp.shape();
        List<Long> inner = down.shape();
        if (!outer.getFirst().equals(inner.getFirst())) {
            return;
        }
        boolean turned = outer.get(1).equals(inner.get(2)) && outer.get(2) == 2 * inner.get(1);
        boolean plain = outer.get(2).equals(inner.get(1)) && outer.get(1) == 2 * inner.get(2);
        boolean readable = plain || turned && outer.get(1) * outer.get(2) <= KeptMatrix.MOST;
        for (int expert = 0; readable && expert < outer.getFirst(); expert++) {
            add(expert, gateUp, down, turned);
        }
    }

    private static boolean isStack(Tensor tensor) {
        return tensor.shape().size() == 3
                && tensor.shape().getFirst() <= EXPERTS_LIMIT
                && tensor.shape().stream().allMatch(size -> size > 0 && size <= SIZE_LIMIT);
    }

    private void add(int expert, Tensor gateUp, Tensor down, boolean turned) {
        int width = Math.toIntExact(turned ? down.shape().get(1) : down.shape().get(2));
        boolean alternate = !fusion.interleaved().isEmpty() && tensors.containsKey(prefix + fusion.interleaved());
        String name = prefix + fusion.expert().formatted(expert);
        int step = alternate ? 2 : 1;
        int second = alternate ? 1 : width;
        Tensor both = TensorView.part(gateUp.name(), gateUp, expert);
        Tensor last = TensorView.part(down.name(), down, expert);
        if (turned) {
            KeptMatrix columns = KeptMatrix.transposed(both);
            put(name + fusion.gate(), new TurnedColumns(both, columns, 0, width, step));
            put(name + fusion.up(), new TurnedColumns(both, columns, second, width, step));
            KeptMatrix outputs = KeptMatrix.transposed(last);
            put(name + fusion.one(), new TurnedColumns(last, outputs, 0, outputs.rows(), 1));
        } else {
            put(name + fusion.gate(), TensorView.rows(gateUp.name(), both, 0, width, step));
            put(name + fusion.up(), TensorView.rows(gateUp.name(), both, second, width, step));
            put(name + fusion.one(), last);
        }
    }

    private void put(String name, Tensor matrix) {
        tensors.putIfAbsent(name + ".weight", matrix);
    }
}
