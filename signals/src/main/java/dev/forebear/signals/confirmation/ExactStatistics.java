package dev.forebear.signals.confirmation;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of two models that have an exact null: first those that hold rows and dimensions against the ones of
 * the same number, then, where these are silent or sizes differ, those that look for counterparts anywhere.
 */
final class ExactStatistics {

    /** Families of deciding statistics that may be tried on a pair, all of which count. */
    static final int FAMILIES = 8;

    /** log10 of the p-value, families counted, from which on nothing more needs to be tried. */
    private static final double SETTLED = -12;

    private static final String ROWS = "same-index-rows";
    private static final String MAPPED_ROWS = "rows-of-matched-dimensions";
    private static final String ORDER = "neuron-order";
    private static final String MAPPED_ORDER = "neuron-order-of-matched-dimensions";

    /** Signals whose evidence decides. */
    static final Set<String> SIGNALS = Set.of(ROWS, MAPPED_ROWS, ORDER, MAPPED_ORDER, ScalarTest.SIGNAL);

    private final ModelWeights a;
    private final ModelWeights b;
    private final SharedTokens shared;
    private final Findings notComparable;
    private final List<Evidence> deciding = new ArrayList<>();
    private final List<Evidence> reported = new ArrayList<>();
    private final List<NullPValues> nullPValues = new ArrayList<>();
    private @Nullable LayerMatrix layers;
    private @Nullable ColumnMap columns;
    private int[] best = {};

    private ExactStatistics(ModelWeights a, ModelWeights b, SharedTokens shared, Findings notComparable) {
        this.a = a;
        this.b = b;
        this.shared = shared;
        this.notComparable = notComparable;
    }

    /** @param notComparable receives "signal: why" of what cannot be computed */
    static ExactStatistics of(ModelWeights a, ModelWeights b, SharedTokens shared, Findings notComparable)
            throws IOException {
        ExactStatistics statistics = new ExactStatistics(a, b, shared, notComparable);
        statistics.sameNumbers();
        statistics.counterparts();
        return statistics;
    }

    /** On which a verdict may rest. */
    List<Evidence> deciding() {
        return deciding;
    }

    /** On which none may rest. */
    List<Evidence> reported() {
        return reported;
    }

    List<NullPValues> nullPValues() {
        return nullPValues;
    }

    /** Null when rows could not be compared. */
    @Nullable
    LayerMatrix layers() {
        return layers;
    }

    /** Null unless dimensions were dropped, reordered or negated. */
    @Nullable
    ColumnMap columns() {
        return columns;
    }

    /** Indices of the pair of units whose rows agree best; empty when rows could not be compared. */
    int[] best() {
        return best;
    }

    private void sameNumbers() throws IOException {
        CommonRows rows = exchangeableRows(null);
        if (hiddenSize(a) == hiddenSize(b)) {
            RowTest test = RowTest.of(ROWS, rows);
            add(test, ROWS);
            nullPValues.add(test.mlpPValues());
            nullPValues.add(test.valuePValues());
            best = test.best();
            layers = best.length == 0 ? null : test.matrix();
        } else {
            notComparable.add(ROWS + ": expected equal hidden sizes, found " + hiddenSize(a) + " and " + hiddenSize(b));
        }
        DimensionTest.evidence(a, b, shared, notComparable).ifPresent(reported::add);
        GainTest.evidence(a, b, notComparable).ifPresent(reported::add);
        scalars(rows);
    }

    /** Rows at common positions, those of neurons left out where their order means something. */
    private CommonRows exchangeableRows(@Nullable ColumnMap map) throws IOException {
        CommonRows rows = CommonRows.of(a, b, map);
        if (rows.neurons().length < UnitAgreement.FEWEST) {
            return rows.withoutNeurons();
        }
        boolean sorted = ScalarTest.bothSorted(NeuronTraits.of(a, rows.neurons()), NeuronTraits.of(b, rows.neurons()));
        return sorted ? rows.withoutNeurons() : rows;
    }

    private void scalars(CommonRows rows) throws IOException {
        if (rows.neurons().length == 0) {
            notComparable.add(ScalarTest.SIGNAL + ": " + whyWithoutNeurons());
            return;
        }
        ScalarTest test = new ScalarTest(rows, NeuronTraits.of(a, rows.neurons()), NeuronTraits.of(b, rows.neurons()));
        test.bestPair()
                .ifPresentOrElse(
                        deciding::add,
                        () -> notComparable.add(ScalarTest.SIGNAL
                                + ": expected at least " + UnitAgreement.FEWEST
                                + " distinct neurons in common whose weights vary, found none in any two layers"));
        test.sameLayers().ifPresent(deciding::add);
        nullPValues.add(test.nullPValues());
    }

    private String whyWithoutNeurons() throws IOException {
        if (a.transformer().gated() != b.transformer().gated()) {
            return "expected MLPs of one kind, found one with a gate and one without";
        }
        return CommonRows.of(a, b, null).neurons().length < UnitAgreement.FEWEST
                ? "expected at least " + UnitAgreement.FEWEST + " neurons in common, found fewer"
                : "expected neurons in no order, found both models sorted by their norms";
    }

    private void counterparts() throws IOException {
        boolean sameWidths = hiddenSize(a) == hiddenSize(b)
                && a.transformer().intermediateSize() == b.transformer().intermediateSize();
        if (sameWidths && settled()) {
            return;
        }
        if (hiddenSize(a) == hiddenSize(b)) {
            add(OrderTest.of(ORDER, a, b, null).evidence());
        }
        Optional<ColumnMatching> matching = ColumnMatching.of(a, b, shared, notComparable);
        matching.map(ColumnMatching::evidence).ifPresent(reported::add);
        columns = matching.map(ColumnMatching::columns).orElse(null);
        if (columns != null) {
            CommonRows rows = exchangeableRows(columns);
            add(RowTest.of(MAPPED_ROWS, rows), MAPPED_ROWS);
            if (rows.neurons().length > 0) {
                add(OrderTest.of(MAPPED_ORDER, a, b, columns).evidence());
            }
        }
    }

    private void add(RowTest test, String signal) {
        test.bestPair()
                .ifPresentOrElse(
                        deciding::add,
                        () -> notComparable.add(signal
                                + ": expected at least " + UnitAgreement.FEWEST
                                + " distinct rows in common that vary, found none in any two layers"));
        test.sameLayers().ifPresent(deciding::add);
    }

    private void add(Optional<Evidence> order) {
        order.ifPresent(deciding::add);
    }

    private boolean settled() {
        return deciding.stream().anyMatch(evidence -> evidence.log10PValue() <= SETTLED);
    }

    private static int hiddenSize(ModelWeights model) {
        Transformer transformer = model.transformer();
        return transformer.hiddenSize();
    }
}
