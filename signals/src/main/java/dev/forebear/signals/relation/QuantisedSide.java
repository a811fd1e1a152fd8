package dev.forebear.signals.relation;

import dev.forebear.checkpoint.Quantisation;
import dev.forebear.signals.statistics.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the weights of one of two relatives lie on a grid and those of the other do not. */
final class QuantisedSide {

    /** Below this cosine, training followed the rounding. */
    private static final double SMALLEST_SIMILARITY = 0.9;

    private final RelatedPair pair;
    private final Grid base;
    private final Grid derived;

    /** A grid, and whether it runs along the columns, as it does where a tensor is stored (in × out). */
    private record Grid(Lattice lattice, boolean columns, Optional<Quantisation> packing) {

        String words() {
            return packing.map(Quantisation::toString)
                    .orElseGet(() -> columns ? lattice.words().replace("row", "column") : lattice.words());
        }

        double[][] lines(double[][] rows) {
            return columns ? Rows.transposed(rows) : rows;
        }
    }

    private QuantisedSide(RelatedPair pair, Grid base, Grid derived) {
        this.pair = pair;
        this.base = base;
        this.derived = derived;
    }

    static QuantisedSide of(RelatedPair pair) throws IOException {
        return new QuantisedSide(
                pair,
                grid(pair.tensors().body().stream()
                        .map(MappedTensor::rowsOfBase)
                        .toList()),
                grid(pair.tensors().body().stream()
                        .map(MappedTensor::rowsOfDerived)
                        .toList()));
    }

    private static Grid grid(List<StoredRows> tensors) throws IOException {
        List<Lattice> rows = new ArrayList<>();
        List<Lattice> columns = new ArrayList<>();
        for (StoredRows tensor : tensors) {
            double[][] values = tensor.read();
            rows.add(Lattice.of(values));
            if (values.length >= Lattice.GROUP) {
                columns.add(Lattice.of(Rows.transposed(values)));
            }
        }
        Lattice byRow = Lattice.middle(rows);
        Lattice byColumn = Lattice.middle(columns);
        boolean columnwise = byColumn.coarserThan(byRow);
        Optional<Quantisation> packing = tensors.stream()
                .flatMap(tensor -> Stream.ofNullable(tensor.packing()))
                .findFirst();
        return new Grid(columnwise ? byColumn : byRow, columnwise, packing);
    }

    boolean onlyBase() {
        return base.lattice.coarse() && !derived.lattice.coarse();
    }

    boolean onlyDerived() {
        return derived.lattice.coarse() && !base.lattice.coarse();
    }

    /** The rule on quantised models. */
    Optional<Named> named() throws IOException {
        if (!onlyDerived() || !pair.sameDepth() || pair.change().similarity() < SMALLEST_SIMILARITY) {
            return Optional.empty();
        }
        return Optional.of(new Named(RelationKind.QUANTISED, derived.words()));
    }

    /** Whether the values of the one that is not on the grid were rounded to the other's, and not trained from it. */
    boolean isRounding() throws IOException {
        Grid grid = onlyBase() ? base : derived;
        RoundingErrors errors = new RoundingErrors(grid.lattice);
        for (MappedTensor tensor : pair.tensors().body()) {
            double[][] on = onlyBase() ? tensor.base() : tensor.derived();
            double[][] off = onlyBase() ? tensor.derived() : tensor.base();
            errors.add(grid.lines(on), grid.lines(off));
        }
        return errors.isRounding();
    }
}
