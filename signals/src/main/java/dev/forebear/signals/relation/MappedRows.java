package dev.forebear.signals.relation;

import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Projections as stored, of relatives whose units map to those of the derived model. A block is one projection. */
final class MappedRows implements CommonRows {

    /** z from which on units are taken to map; of single units 6 is enough, of a model this much is asked for. */
    static final double SMALLEST_Z = 8;

    private record Key(int unit, Projection projection) {}

    /** One tensor of the derived model, and of every relative the tensor that it came from or null. */
    private record Block(
            Key key, MappedTensor derived, @Nullable MappedTensor[] relatives) {}

    private final List<Block> blocks;

    private MappedRows(List<Block> blocks) {
        this.blocks = blocks;
    }

    static MappedRows of(ModelWeights derived, List<Relative> relatives) {
        Map<Key, @Nullable MappedTensor[]> found = new LinkedHashMap<>();
        for (int i = 0; i < relatives.size(); i++) {
            Relative relative = relatives.get(i);
            LayerAlignment alignment = LayerAlignment.of(relative.compared().layers());
            if (alignment.z() < SMALLEST_Z) {
                continue;
            }
            for (MappedTensor tensor : MappedTensors.between(relative.weights(), derived, alignment)
                    .body()) {
                if (tensor.projection() != null && tensor.positions().length > 0) {
                    found.computeIfAbsent(
                                    new Key(tensor.derivedUnit(), tensor.projection()),
                                    key -> new @Nullable MappedTensor[relatives.size()])[i] = tensor;
                }
            }
        }
        List<Block> blocks = new ArrayList<>();
        found.forEach((key, tensors) -> blocks.add(block(key, tensors)));
        return new MappedRows(blocks);
    }

    // All rows of a small model meet few of a large one only at the boundary between the two.
    private static Block block(Key key, @Nullable MappedTensor[] tensors) {
        MappedTensor common = null;
        for (MappedTensor tensor : tensors) {
            if (tensor != null) {
                common = common == null ? tensor : common.common(tensor);
            }
        }
        MappedTensor shared = Objects.requireNonNull(common);
        @Nullable MappedTensor[] narrowed = new @Nullable MappedTensor[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            MappedTensor tensor = tensors[i];
            narrowed[i] = tensor == null ? null : tensor.common(shared);
        }
        return new Block(key, shared, narrowed);
    }

    /** Whether any block of the relative maps. */
    boolean maps(int relative) {
        return blocks.stream().anyMatch(block -> block.relatives()[relative] != null);
    }

    /** Relatives that every block maps to. */
    List<Integer> complete(int relatives) {
        return IntStream.range(0, relatives)
                .filter(relative ->
                        maps(relative) && blocks.stream().allMatch(block -> block.relatives()[relative] != null))
                .boxed()
                .toList();
    }

    /** Without relatives whose rows all equal those of an earlier one. */
    List<Integer> distinct(List<Integer> relatives) throws IOException {
        List<Integer> distinct = new ArrayList<>();
        for (int relative : relatives) {
            boolean known = false;
            for (int earlier : distinct) {
                known = known || equal(earlier, relative);
            }
            if (!known) {
                distinct.add(relative);
            }
        }
        return distinct;
    }

    private boolean equal(int first, int second) throws IOException {
        for (int block = 0; block < blocks.size(); block++) {
            if (!Arrays.deepEquals(relative(first, block), relative(second, block))) {
                return false;
            }
        }
        return true;
    }

    /** Blocks of the unit in the middle of those that map. */
    List<Integer> middle() {
        int[] units =
                blocks.stream().mapToInt(block -> block.key().unit()).distinct().toArray();
        Arrays.sort(units);
        int middle = units[units.length / 2];
        return IntStream.range(0, blocks.size())
                .filter(block -> blocks.get(block).key().unit() == middle)
                .boxed()
                .toList();
    }

    Projection projection(int block) {
        return blocks.get(block).key().projection();
    }

    int unit(int block) {
        return blocks.get(block).key().unit();
    }

    @Override
    public int blocks() {
        return blocks.size();
    }

    @Override
    public double[][] derived(int block) throws IOException {
        return blocks.get(block).derived().derived();
    }

    @Override
    public double @Nullable [][] relative(int relative, int block) throws IOException {
        MappedTensor tensor = blocks.get(block).relatives()[relative];
        return tensor == null ? null : tensor.base();
    }
}
