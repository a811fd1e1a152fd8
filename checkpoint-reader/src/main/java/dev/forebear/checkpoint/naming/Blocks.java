package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the blocks of a stack from its names. */
final class Blocks {

    private final String location;
    private final Matrices matrices;
    private final Dimensions sizes;

    Blocks(String location, Matrices matrices, Dimensions sizes) {
        this.location = location;
        this.matrices = matrices;
        this.sizes = sizes;
    }

    /**
     * @param index position of the block in the model
     * @param number its number in the names of its stack
     */
    Layer layer(Stack stack, int index, int number) throws CheckpointException {
        String block = stack.blocks().formatted(number);
        if (!matrices.backbone().hasAny(block)) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    location,
                    "block " + matrices.backbone().prefix() + block + "*: expected tensors, found none");
        }
        Attention attention = attention(stack, block);
        return new Layer(
                index,
                matrices.gain(block, stack.attentionNorms(), sizes.hidden()),
                matrices.normBias(block, stack.attentionNorms(), sizes.hidden()),
                matrices.gain(block, stack.mlpNorms(), sizes.hidden()),
                matrices.normBias(block, stack.mlpNorms(), sizes.hidden()),
                attention.query(),
                attention.key(),
                attention.value(),
                attention.output(),
                mlps(stack, block));
    }

    private record Attention(
            @Nullable WeightMatrix query,
            @Nullable WeightMatrix key,
            @Nullable WeightMatrix value,
            @Nullable WeightMatrix output) {}

    private Attention attention(Stack stack, String block) throws CheckpointException {
        for (AttentionNames names : stack.attentions()) {
            if (matrices.backbone().find(block + names.marker() + ".weight") != null) {
                return attention(names, block);
            }
        }
        return new Attention(null, null, null, null);
    }

    private Attention attention(AttentionNames names, String block) throws CheckpointException {
        int hidden = sizes.hidden();
        WeightMatrix output = matrices.projection(block + names.output(), hidden, sizes.outputColumns());
        return switch (names) {
            case AttentionNames.Separate separate ->
                new Attention(
                        matrices.projection(block + separate.query(), sizes.queryRows(), hidden),
                        matrices.projection(block + separate.key(), sizes.keyRows(), hidden),
                        matrices.projection(block + separate.value(), sizes.keyRows(), hidden),
                        output);
            case AttentionNames.Concatenated fused -> concatenated(block + fused.fused(), output);
            case AttentionNames.Grouped fused -> grouped(block + fused.fused(), output);
            case AttentionNames.Latent latent -> {
                boolean whole = matrices.backbone().find(block + latent.query() + ".weight") != null;
                yield new Attention(
                        whole ? matrices.projection(block + latent.query(), sizes.queryRows(), hidden) : null,
                        null,
                        null,
                        output);
            }
        };
    }

    private Attention concatenated(String name, WeightMatrix output) throws CheckpointException {
        int queries = Math.toIntExact(sizes.queryRows());
        int keys = Math.toIntExact(sizes.keyRows());
        int all = queries + 2 * keys;
        return new Attention(
                matrices.part(name, MatrixRows.range(all, 0, queries), sizes.hidden()),
                matrices.part(name, MatrixRows.range(all, queries, keys), sizes.hidden()),
                matrices.part(name, MatrixRows.range(all, queries + keys, keys), sizes.hidden()),
                output);
    }

    private Attention grouped(String name, WeightMatrix output) throws CheckpointException {
        int head = sizes.head();
        int queries = sizes.heads() / sizes.keyValueHeads() * head;
        int group = queries + 2 * head;
        int all = sizes.keyValueHeads() * group;
        int keys = sizes.keyValueHeads() * head;
        return new Attention(
                matrices.part(name, new MatrixRows(all, sizes.heads() * head, 0, queries, group), sizes.hidden()),
                matrices.part(name, new MatrixRows(all, keys, queries, head, group), sizes.hidden()),
                matrices.part(name, new MatrixRows(all, keys, queries + head, head, group), sizes.hidden()),
                output);
    }

    private List<Mlp> mlps(Stack stack, String block) throws CheckpointException {
        for (MlpNames names : stack.mlps()) {
            if (isThere(block + names.marker()) || names instanceof MlpNames.Experts all && hasShared(all, block)) {
                return mlps(names, block);
            }
        }
        return List.of();
    }

    private boolean hasShared(MlpNames.Experts names, String block) {
        return names.shared().stream()
                .anyMatch(shared -> isThere(block + shared + names.expert().up()));
    }

    private boolean isThere(String name) {
        return matrices.backbone().find(name + ".weight") != null;
    }

    private List<Mlp> mlps(MlpNames names, String block) throws CheckpointException {
        int hidden = sizes.hidden();
        int width = sizes.intermediate();
        return switch (names) {
            case MlpNames.Gated gated -> List.of(gated(gated, block, width));
            case MlpNames.FusedGated fused ->
                List.of(new Mlp(
                        matrices.part(block + fused.gateUp(), MatrixRows.range(2 * width, 0, width), hidden),
                        matrices.part(block + fused.gateUp(), MatrixRows.range(2 * width, width, width), hidden),
                        matrices.projection(block + fused.down(), hidden, width),
                        null));
            case MlpNames.Plain plain ->
                List.of(new Mlp(
                        null,
                        matrices.projection(block + plain.up(), width, hidden),
                        matrices.projection(block + plain.down(), hidden, width),
                        matrices.bias(block + plain.up(), width)));
            case MlpNames.Experts experts -> experts(experts, block);
        };
    }

    private List<Mlp> experts(MlpNames.Experts names, String block) throws CheckpointException {
        var mlps = new ArrayList<Mlp>();
        // Experts that cannot be read within reason leave those that always take part.
        int experts = isThere(block + names.marker()) ? sizes.experts() : 0;
        for (int expert = 0; expert < experts; expert++) {
            mlps.add(gated(names.expert(), block + names.experts().formatted(expert), sizes.expert()));
        }
        for (String shared : names.shared()) {
            String up = block + shared + names.expert().up();
            if (isThere(up)) {
                // Several shared experts are stored as one wide MLP.
                int width = matrices.projection(up, sizes.hidden()).rows();
                mlps.add(gated(names.expert(), block + shared, width));
            }
        }
        return mlps;
    }

    private Mlp gated(MlpNames.Gated names, String block, int width) throws CheckpointException {
        return new Mlp(
                matrices.projection(block + names.gate(), width, sizes.hidden()),
                matrices.projection(block + names.up(), width, sizes.hidden()),
                matrices.projection(block + names.down(), sizes.hidden(), width),
                matrices.bias(block + names.up(), width));
    }
}
