package dev.forebear.signals.relation;

import dev.forebear.signals.relation.FixedMultiples.Explained;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A derived model that took some of its values from one relative and others from another: TIES, DARE, layers of several
 * models put together. Only values are looked at where relatives are clearly apart, so that being equal to one is no
 * accident and says that it is not another. By accident, values of a descendant or a sibling are equal as often as they
 * are one or two steps of the grid off; values that were taken over are equal far more often.
 *
 * @param relatives numbers of the relatives, ascending
 * @param shares share of values that come from each and from no other
 */
record ElementwiseMerge(List<Integer> relatives, double[] shares) {

    private static final double SMALLEST_SHARE = 0.02;
    private static final int MOST = 12;

    private record Candidate(int relative, double share) {}

    ElementwiseMerge {
        relatives = List.copyOf(relatives);
    }

    /** @param candidates numbers of relatives, no two of them equal, in the order of their upload */
    static Optional<ElementwiseMerge> find(MappedRows rows, List<Integer> candidates) throws IOException {
        if (candidates.size() < 2 || rows.blocks() == 0) {
            return Optional.empty();
        }
        List<Candidate> equal = new ArrayList<>();
        for (int candidate : candidates) {
            double share = shareOfEqual(rows, candidate);
            if (share >= SMALLEST_SHARE) {
                equal.add(new Candidate(candidate, share));
            }
        }
        equal.sort(Comparator.comparingDouble(Candidate::share).reversed());
        List<Candidate> sources = sources(rows, equal.subList(0, Math.min(MOST, equal.size())));
        if (sources.size() < 2 && !equal.isEmpty()) {
            sources = updates(rows, equal.getFirst(), candidates);
        }
        sources.sort(Comparator.comparingInt(Candidate::relative));
        return sources.size() < 2 || onGrid(rows)
                ? Optional.empty()
                : Optional.of(new ElementwiseMerge(
                        sources.stream().map(Candidate::relative).toList(),
                        sources.stream().mapToDouble(Candidate::share).toArray()));
    }

    // Two models that were rounded to one coarse grid have values in common that neither took from the other.
    private static boolean onGrid(MappedRows rows) throws IOException {
        List<Lattice> lattices = new ArrayList<>();
        for (int block = 0; block < rows.blocks(); block++) {
            lattices.add(Lattice.of(rows.derived(block)));
        }
        return Lattice.middle(lattices).coarse();
    }

    /** Candidates that have values in common with the derived model that none of the others has. */
    private static List<Candidate> sources(MappedRows rows, List<Candidate> candidates) throws IOException {
        List<Candidate> sources = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (sources.isEmpty() || ownsValues(rows, candidate, sources)) {
                sources.add(candidate);
            }
        }
        List<Candidate> confirmed = new ArrayList<>();
        for (Candidate source : sources) {
            List<Candidate> others =
                    sources.stream().filter(other -> other != source).toList();
            if (!others.isEmpty() && ownsValues(rows, source, others)) {
                confirmed.add(source);
            }
        }
        return confirmed;
    }

    /** A base whose values were kept, and relatives towards which other values went a fixed multiple of the way. */
    private static List<Candidate> updates(MappedRows rows, Candidate base, List<Integer> candidates)
            throws IOException {
        List<Candidate> sources = new ArrayList<>(List.of(base));
        List<Explained> explained = new ArrayList<>();
        Optional<Explained> next = nextUpdate(rows, base, candidates, explained);
        while (next.isPresent()) {
            explained.add(next.get());
            sources.add(new Candidate(next.get().relative(), next.get().share()));
            next = nextUpdate(rows, base, candidates, explained);
        }
        return sources;
    }

    private static Optional<Explained> nextUpdate(
            MappedRows rows, Candidate base, List<Integer> candidates, List<Explained> explained) throws IOException {
        Optional<Explained> best = Optional.empty();
        for (int candidate : candidates) {
            boolean known = candidate == base.relative()
                    || explained.stream().anyMatch(update -> update.relative() == candidate);
            if (known || !ownsValues(rows, base, List.of(new Candidate(candidate, 0)))) {
                continue;
            }
            FixedMultiples multiples = FixedMultiples.of(rows, base.relative(), candidate, explained);
            if (multiples.convincing() && best.stream().allMatch(other -> other.share() < multiples.share())) {
                best = Optional.of(new Explained(candidate, multiples.factor(), multiples.share()));
            }
        }
        return best;
    }

    private static boolean ownsValues(MappedRows rows, Candidate candidate, List<Candidate> others) throws IOException {
        return OwnValues.of(
                        rows,
                        candidate.relative(),
                        others.stream().map(Candidate::relative).toList())
                .takenOver();
    }

    private static double shareOfEqual(MappedRows rows, int relative) throws IOException {
        long equal = 0;
        long values = 0;
        for (int block = 0; block < rows.blocks(); block++) {
            double[][] derived = rows.derived(block);
            double[][] other = Objects.requireNonNull(rows.relative(relative, block));
            Rounding rounding = Rounding.of(derived);
            for (int row = 0; row < derived.length; row++) {
                for (int i = 0; i < derived[row].length; i++) {
                    equal += derived[row][i] == rounding.nearest(other[row][i]) ? 1 : 0;
                }
                values += derived[row].length;
            }
        }
        return values > 0 ? (double) equal / values : 0;
    }
}
