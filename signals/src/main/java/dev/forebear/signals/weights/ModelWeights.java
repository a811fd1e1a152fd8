package dev.forebear.signals.weights;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one checkpoint as head-to-head comparisons read them: rows by projection, block by block. Of a model
 * of up to {@value #SMALL} parameters every row is read, of a larger one the same few rows at the same positions in
 * every such model, so that what was read of one model can be held against any other. Rows are kept as long as memory
 * lasts; the arrays handed out are shared and must not be changed. Not safe for use by several threads.
 */
public final class ModelWeights {

    /** Parameters up to which a model is read in full. */
    public static final long SMALL = 1L << 24;

    /** Units of a model with experts, as far as eight of each layer are not more. */
    private static final int UNITS = 512;

    private static final int FEWEST_EXPERTS = 8;

    private final Checkpoint checkpoint;
    private final Transformer transformer;
    private final Findings findings = new Findings();
    private final FoldedRows reader;
    private final boolean whole;
    private final List<Unit> units;
    private final List<Token> tokens;
    private final boolean hasTokenizer;
    private final Remembered remembered = new Remembered();

    /**
     * One MLP and the attention before it. Of a mixture of experts every expert is a unit, or of many some that are
     * spread over all.
     *
     * @param index position among the units
     * @param layer the block
     * @param expert which MLP of the block, from 0
     * @param mlp that MLP
     */
    public record Unit(int index, Layer layer, int expert, Mlp mlp) {}

    /** What can be computed from the weights of one model alone. */
    public interface Computation<T> {
        T compute() throws IOException;
    }

    /** Names a computation and everything besides the weights that its value hangs on; equal keys, equal values. */
    @SuppressWarnings("unused") // The type says what is computed.
    public interface Key<T> {}

    /** Rows of one projection; attention is that of the layer, whichever of its units is asked. */
    private record RowsOf(int owner, Projection projection, boolean folded) implements Key<double[][]> {}

    private record TableOf(String name, boolean folded) implements Key<double[][]> {}

    private ModelWeights(Checkpoint checkpoint, Transformer transformer) throws IOException {
        this.checkpoint = checkpoint;
        this.transformer = transformer;
        this.reader = new FoldedRows(transformer, findings);
        this.whole = checkpoint.weights().stream()
                        .mapToLong(tensor -> tensor.elements())
                        .sum()
                <= SMALL;
        this.units = units(transformer);
        Tokenizer tokenizer = tokenizer(checkpoint);
        this.hasTokenizer = tokenizer != null;
        this.tokens = tokens(tokenizer);
    }

    /**
     * The checkpoint stays open and belongs to the caller.
     *
     * @throws CheckpointException UNSUPPORTED when the tensors are not recognised
     */
    public static ModelWeights of(Checkpoint checkpoint) throws IOException {
        return new ModelWeights(checkpoint, checkpoint.transformer());
    }

    private static List<Unit> units(Transformer transformer) {
        List<Unit> units = new ArrayList<>();
        int experts = Math.max(
                FEWEST_EXPERTS, UNITS / Math.max(1, transformer.layers().size()));
        for (Layer layer : transformer.layers()) {
            for (int expert : SampledExperts.of(layer, experts)) {
                units.add(new Unit(units.size(), layer, expert, layer.mlps().get(expert)));
            }
        }
        return List.copyOf(units);
    }

    private @Nullable Tokenizer tokenizer(Checkpoint checkpoint) throws IOException {
        try {
            Tokenizer tokenizer = checkpoint.tokenizer();
            if (tokenizer == null) {
                findings.add("tokens: no tokenizer.json, so they are known by their ids alone");
            }
            return tokenizer;
        } catch (CheckpointException unreadable) {
            findings.add(unreadable);
            return null;
        }
    }

    private List<Token> tokens(@Nullable Tokenizer tokenizer) {
        int rows = transformer.embedding().rows();
        if (tokenizer == null) {
            return Anchors.byId(rows);
        }
        return tokenizer.tokens().stream()
                .filter(token -> token.id() >= 0 && token.id() < rows)
                .toList();
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Whether these are the weights of an adapter on that model, and not of a model of its own. */
    public boolean isAdapterOn(ModelWeights base) {
        return base.checkpoint().location().equals(checkpoint.adapterBase());
    }

    public Transformer transformer() {
        return transformer;
    }

    /** Whether every row is read, not a sample. */
    public boolean whole() {
        return whole;
    }

    /** All MLPs with the attention before them, in order. */
    public List<Unit> units() {
        return units;
    }

    /** Whether tokens are known by their text, not by their ids alone. */
    public boolean hasTokenizer() {
        return hasTokenizer;
    }

    /** One token for every distinct text, special ones left out, all within the embedding. */
    public List<Token> tokens() {
        return tokens;
    }

    /** What was wrong in what has been read so far, and why something is missing. */
    public List<String> findings() {
        return findings.lines();
    }

    /** Null when the block has none. */
    public @Nullable WeightMatrix matrix(Unit unit, Projection projection) {
        return projection.of(unit.layer(), unit.mlp());
    }

    /** Which rows of a projection {@link #stored} and {@link #folded} hold, ascending; empty without it. */
    public int[] positions(Unit unit, Projection projection) {
        WeightMatrix matrix = matrix(unit, projection);
        if (matrix == null) {
            return new int[0];
        }
        return whole
                ? IntStream.range(0, matrix.rows()).toArray()
                : SampledPositions.of(matrix.rows(), projection.sampledRows(), projection == Projection.VALUE);
    }

    /** Rows at {@link #positions} as stored; a row with NaN or infinity is zero. */
    public double[][] stored(Unit unit, Projection projection) throws IOException {
        return rows(unit, projection, false);
    }

    /**
     * The same rows with the gain of the norm before them folded in where one may be: of query, key, value, gate and
     * up.
     */
    public double[][] folded(Unit unit, Projection projection) throws IOException {
        return rows(unit, projection, true);
    }

    private double[][] rows(Unit unit, Projection projection, boolean fold) throws IOException {
        int owner = projection.isOfMlp() ? unit.index() : unit.layer().index();
        return once(new RowsOf(owner, projection, fold), () -> read(unit, projection, fold));
    }

    /** A value that was computed from these weights before, or is now. It is shared and must not be changed. */
    public <T> T once(Key<T> key, Computation<T> computation) throws IOException {
        return remembered.get(key, computation);
    }

    /** The first rows as stored, sampled or not; none without the projection. Not kept. */
    public double[][] firstRows(Unit unit, Projection projection, int count) throws IOException {
        WeightMatrix matrix = matrix(unit, projection);
        return matrix == null ? new double[0][] : reader.raw(matrix, 0, Math.min(count, matrix.rows()));
    }

    /** All rows, folded as {@link #folded}; kept only of a small model. */
    public double[][] all(Unit unit, Projection projection) throws IOException {
        WeightMatrix matrix = matrix(unit, projection);
        if (whole || matrix == null) {
            return folded(unit, projection);
        }
        return range(unit, projection, 0, matrix.rows());
    }

    /** Some rows one after another, folded as {@link #folded}; not kept. */
    public double[][] range(Unit unit, Projection projection, int first, int count) throws IOException {
        WeightMatrix matrix = matrix(unit, projection);
        if (matrix == null) {
            return new double[0][];
        }
        if (whole) {
            return Arrays.copyOfRange(folded(unit, projection), first, first + count);
        }
        return projection.readsResidualStream()
                ? reader.read(matrix, gain(unit, projection, true), first, count)
                : reader.raw(matrix, first, count);
    }

    /** One embedding row per token, minus its mean where the norms subtract means. */
    public double[][] embeddings(List<Token> chosen) throws IOException {
        return rows(transformer.embedding(), null, chosen);
    }

    /** One row per token of the embedding or of the output head, as stored. */
    public double[][] stored(WeightMatrix table, List<Token> chosen) throws IOException {
        double[][] rows = new double[chosen.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = reader.raw(table, chosen.get(i).id(), 1)[0];
        }
        return rows;
    }

    /** One row of the output head per token, with the gain of the norm before it; empty without a head. */
    public double[][] heads(List<Token> chosen) throws IOException {
        WeightMatrix head = transformer.outputHead();
        if (head == null) {
            return new double[0][];
        }
        return rows(head, reader.gain(transformer.finalNormGain()), chosen);
    }

    /** Rows of a table, which is read once where the model is small. */
    private double[][] rows(WeightMatrix table, double @Nullable [] gain, List<Token> chosen) throws IOException {
        double[][] rows = new double[chosen.size()][];
        double[][] all = whole
                ? once(new TableOf(table.name(), gain != null), () -> reader.read(table, gain, 0, table.rows()))
                : null;
        for (int i = 0; i < rows.length; i++) {
            int id = chosen.get(i).id();
            rows[i] = all == null ? reader.read(table, gain, id, 1)[0] : all[id].clone();
        }
        return rows;
    }

    /** Gain or bias of a norm, as stored; null without it. */
    public double @Nullable [] vector(@Nullable WeightVector vector) throws IOException {
        return vector == null ? null : reader.values(vector);
    }

    private double[][] read(Unit unit, Projection projection, boolean fold) throws IOException {
        WeightMatrix matrix = matrix(unit, projection);
        int[] positions = positions(unit, projection);
        if (matrix == null) {
            return new double[0][];
        }
        double[][] rows = new double[positions.length][];
        double[] gain = gain(unit, projection, fold);
        for (int from = 0; from < rows.length; ) {
            int to = from + 1;
            while (to < rows.length && positions[to] == positions[to - 1] + 1) {
                to++;
            }
            double[][] block = fold && projection.readsResidualStream()
                    ? reader.read(matrix, gain, positions[from], to - from)
                    : reader.raw(matrix, positions[from], to - from);
            System.arraycopy(block, 0, rows, from, block.length);
            from = to;
        }
        return rows;
    }

    private double @Nullable [] gain(Unit unit, Projection projection, boolean fold) throws IOException {
        if (!fold || !projection.readsResidualStream()) {
            return null;
        }
        return reader.gain(
                projection.isOfMlp() ? unit.layer().mlpNormGain() : unit.layer().attentionNormGain());
    }

    /** Whether norms follow the sublayers, so that nothing is folded and gains act on the residual stream. */
    public boolean normsFollow() {
        return transformer.normalisation() == Normalisation.LAYER_AFTER;
    }
}
