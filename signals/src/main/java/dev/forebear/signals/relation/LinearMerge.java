package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A derived model that is a linear combination of relatives, tensor by tensor, up to the rounding of its own values:
 * linear and spherical merges, task arithmetic. A model that was trained after it was combined is none.
 *
 * @param relatives numbers of the relatives, ascending
 * @param weights share of each; they add up to 1, the mean over all tensors
 * @param residual what the combination leaves, in units of the rounding
 * @param without what it leaves without the least needed relative, in the same units
 * @param least smallest share of any but the first relative in any tensor
 */
record LinearMerge(List<Integer> relatives, double[] weights, double residual, double without, double least) {

    private static final double LARGEST_RESIDUAL = 1.5;
    private static final double SMALLEST_WITHOUT = 5;

    /** By rounding, a share of 0 may come out a little below. */
    private static final double LEAST_SHARE = -0.05;

    LinearMerge {
        relatives = List.copyOf(relatives);
    }

    /** @param candidates numbers of relatives, no two of them equal, in the order of their upload */
    static Optional<LinearMerge> find(MappedRows rows, List<Integer> candidates) throws IOException {
        if (candidates.size() < 2 || rows.blocks() == 0) {
            return Optional.empty();
        }
        Blocks few = Blocks.of(rows, rows.middle(), candidates);
        List<Integer> all = IntStream.range(0, candidates.size()).boxed().toList();
        if (few.residual(all) > LARGEST_RESIDUAL || few.single() < SMALLEST_WITHOUT) {
            return Optional.empty();
        }
        List<Integer> chosen = few.pair(all);
        if (few.residual(chosen) > LARGEST_RESIDUAL) {
            chosen = few.reduced(all);
        }
        List<Integer> relatives = chosen.stream().map(candidates::get).toList();
        LinearMerge merge = of(rows, relatives);
        return merge.convincing() ? Optional.of(merge) : Optional.empty();
    }

    private static LinearMerge of(MappedRows rows, List<Integer> relatives) throws IOException {
        Blocks blocks =
                Blocks.of(rows, IntStream.range(0, rows.blocks()).boxed().toList(), relatives);
        List<Integer> all = IntStream.range(0, relatives.size()).boxed().toList();
        return new LinearMerge(
                relatives, blocks.weights(all), blocks.residual(all), blocks.without(all), blocks.least(all));
    }

    // A base from which several task vectors were added may have a negative share; it was there first.
    private boolean convincing() {
        boolean shares =
                IntStream.range(0, weights.length).allMatch(i -> weights[i] > 0 || i == 0 && weights.length > 2);
        return shares && least >= LEAST_SHARE && residual <= LARGEST_RESIDUAL && without >= SMALLEST_WITHOUT;
    }

    /** Several blocks, each with coefficients of its own. */
    private record Blocks(List<MergeSystem> systems) {

        static Blocks of(MappedRows rows, List<Integer> blocks, List<Integer> candidates) throws IOException {
            List<MergeSystem> systems = new ArrayList<>();
            for (int block : blocks) {
                systems.add(MergeSystem.of(rows, block, candidates));
            }
            return new Blocks(systems);
        }

        /** In units of the rounding of the derived model. */
        double residual(List<Integer> chosen) {
            double residual = 0;
            double floor = 0;
            for (MergeSystem system : systems) {
                residual += system.fit(chosen).residual();
                floor += system.floor();
            }
            return Math.sqrt(residual / floor);
        }

        /** What the best single candidate leaves, scaled as it likes. */
        double single() {
            return IntStream.range(0, systems.getFirst().candidates())
                    .mapToDouble(candidate -> residual(List.of(candidate)))
                    .min()
                    .orElse(0);
        }

        List<Integer> pair(List<Integer> candidates) {
            List<Integer> best = candidates.subList(0, 2);
            double least = residual(best);
            for (int second : candidates) {
                for (int first = 0; first < second; first++) {
                    double residual = residual(List.of(first, second));
                    if (residual < least) {
                        least = residual;
                        best = List.of(first, second);
                    }
                }
            }
            return best;
        }

        /** Leaves out whichever candidate is needed least, as long as the rest suffices. */
        List<Integer> reduced(List<Integer> candidates) {
            List<Integer> kept = candidates;
            while (kept.size() > 2) {
                List<Integer> best = leastNeeded(kept);
                if (residual(best) > LARGEST_RESIDUAL) {
                    return kept;
                }
                kept = best;
            }
            return kept;
        }

        double without(List<Integer> chosen) {
            return residual(leastNeeded(chosen));
        }

        private List<Integer> leastNeeded(List<Integer> chosen) {
            List<Integer> best = chosen;
            double least = Double.POSITIVE_INFINITY;
            for (int place : chosen) {
                List<Integer> rest =
                        chosen.stream().filter(other -> other != place).toList();
                double residual = residual(rest);
                if (residual < least) {
                    least = residual;
                    best = rest;
                }
            }
            return best;
        }

        /** Tensors in which the relatives are hardly further apart than the rounding say nothing. */
        double least(List<Integer> chosen) {
            double least = 1;
            for (MergeSystem system : systems) {
                if (system.spread(chosen) >= SMALLEST_WITHOUT * SMALLEST_WITHOUT * system.floor()) {
                    double[] coefficients = system.fit(chosen).coefficients();
                    for (int i = chosen.size() > 2 ? 1 : 0; i < coefficients.length; i++) {
                        least = Math.min(least, coefficients[i]);
                    }
                }
            }
            return least;
        }

        /** Every block counts by how far the relatives are from each other there. */
        double[] weights(List<Integer> chosen) {
            double[] weights = new double[chosen.size()];
            double total = 0;
            for (MergeSystem system : systems) {
                double[] coefficients = system.fit(chosen).coefficients();
                double sum = 0;
                for (double coefficient : coefficients) {
                    sum += coefficient;
                }
                double spread = system.spread(chosen);
                for (int i = 0; i < weights.length && sum != 0; i++) {
                    weights[i] += spread * coefficients[i] / sum;
                }
                total += sum != 0 ? spread : 0;
            }
            for (int i = 0; i < weights.length && total > 0; i++) {
                weights[i] /= total;
            }
            return weights;
        }
    }
}
