package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.view.TensorView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Undoes what a converter did to the tensors of one model. */
final class GgufWeights {

    private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d{1,6})\\.(.+)");
    private static final int EXPERTS_LIMIT = 4_096;
    private static final int SIZE_LIMIT = 1 << 24;

    private final String file;
    private final GgufArchitecture architecture;
    private final Map<String, String> names;
    private final int heads;
    private final int keyValueHeads;

    GgufWeights(String file, Metadata metadata, GgufArchitecture architecture) {
        this.file = file;
        this.architecture = architecture;
        this.names = GgufConfig.isMixtral(metadata, architecture) ? GgufNames.MIXTRAL : architecture.names();
        this.heads = GgufConfig.size(metadata, "attention.head_count");
        int grouped = GgufConfig.size(metadata, "attention.head_count_kv");
        this.keyValueHeads = grouped == 0 ? heads : grouped;
    }

    /** What a stored tensor was before: itself where its name is not known, several where experts were joined. */
    List<Tensor> of(Tensor stored) throws CheckpointException {
        int dot = stored.name().lastIndexOf('.');
        String stem = dot < 0 ? stored.name() : stored.name().substring(0, dot);
        String suffix = dot < 0 ? "" : stored.name().substring(dot);
        Matcher block = BLOCK.matcher(stem);
        String key = block.matches() ? "blk.%d." + block.group(2) : stem;
        String name = names.get(key);
        if (name == null) {
            return List.of(stored);
        }
        String number = block.matches() ? block.group(1) : "";
        return key.endsWith("_exps")
                ? experts(stored, name, number, suffix)
                : List.of(TensorView.renamed(name.replace("%d", number) + suffix, original(key, stored)));
    }

    private List<Tensor> experts(Tensor stored, String name, String number, String suffix) throws CheckpointException {
        if (stored.shape().size() != 3 || stored.shape().getFirst() > EXPERTS_LIMIT) {
            throw malformed(stored, "expected at most " + EXPERTS_LIMIT + " experts in 3 dimensions");
        }
        var experts = new ArrayList<Tensor>();
        for (int expert = 0; expert < stored.shape().getFirst(); expert++) {
            String one = name.replaceFirst("%d", number).replace("%d", "" + expert) + suffix;
            experts.add(TensorView.part(one, stored, expert));
        }
        return experts;
    }

    private Tensor original(String key, Tensor stored) throws CheckpointException {
        if (architecture.gainOffset() != 0 && key.endsWith("norm")) {
            return TensorView.shifted(stored, -architecture.gainOffset());
        }
        boolean matrix = stored.shape().size() == 2 && !key.endsWith("_embd") && !key.equals("output");
        return switch (architecture.rowOrder()) {
            case AS_STORED -> stored;
            case TRANSPOSED -> matrix ? TensorView.transposed(bounded(stored)) : stored;
            case GROUPED -> key.equals("blk.%d.attn_qkv") ? grouped(stored) : stored;
            case ROTARY_PAIRS ->
                switch (key) {
                    case "blk.%d.attn_q" -> unpaired(stored, heads);
                    case "blk.%d.attn_k" -> unpaired(stored, keyValueHeads);
                    default -> stored;
                };
        };
    }

    /** Row 2 i + j of a head is row i + j · half of the head again. */
    private Tensor unpaired(Tensor stored, int heads) throws CheckpointException {
        long rows = bounded(stored).shape().getFirst();
        if (heads < 1 || rows % (2L * heads) != 0) {
            throw malformed(stored, "expected rows for pairs in " + heads + " heads");
        }
        long size = rows / heads;
        long half = size / 2;
        return TensorView.reordered(stored, row -> {
            long inHead = row % size;
            return row - inHead + inHead % half * 2 + inHead / half;
        });
    }

    /** The rows of the queries of a key-value head, then those of its key and its value, lie together again. */
    private Tensor grouped(Tensor stored) throws CheckpointException {
        long rows = bounded(stored).shape().getFirst();
        if (heads < 1 || heads % keyValueHeads != 0 || rows % (heads + 2L * keyValueHeads) != 0) {
            throw malformed(stored, "expected rows for " + heads + " heads with " + keyValueHeads + " key-value heads");
        }
        long size = rows / (heads + 2L * keyValueHeads);
        long queries = heads / keyValueHeads;
        return TensorView.reordered(stored, row -> {
            long group = row / ((queries + 2) * size);
            long inGroup = row / size % (queries + 2);
            long head =
                    inGroup < queries ? group * queries + inGroup : heads + (inGroup - queries) * keyValueHeads + group;
            return head * size + row % size;
        });
    }

    private Tensor bounded(Tensor stored) throws CheckpointException {
        for (long dimension : stored.shape()) {
            if (dimension < 1 || dimension > SIZE_LIMIT) {
                throw malformed(stored, "expected sizes of 1 to " + SIZE_LIMIT);
            }
        }
        if (stored.shape().isEmpty()) {
            throw malformed(stored, "expected a vector or a matrix");
        }
        return stored;
    }

    private CheckpointException malformed(Tensor stored, String expected) {
        return new CheckpointException(
                Reason.MALFORMED, file, "tensor " + stored.name() + ": " + expected + ", found " + stored.shape());
    }
}
