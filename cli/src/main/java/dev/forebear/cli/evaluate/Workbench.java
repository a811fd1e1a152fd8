package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Claims.Direction;
import dev.forebear.cli.evaluate.Claims.NamedParent;
import dev.forebear.cli.evaluate.Claims.OriginClaim;
import dev.forebear.cli.evaluate.OpenModel.Readable;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.relation.Ancestry;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one core works with: weights are not safe for use by several threads, so each core reads its own, which are
 * given up when memory runs short.
 */
final class Workbench {

    private final List<OpenModel> models;
    private final Map<Integer, ModelWeights> weights = new HashMap<>();

    Workbench(List<OpenModel> models) {
        this.models = models;
    }

    /**
     * Asks about an uploaded model and those before it, all of them readable. When something goes wrong with some of
     * them, it asks about the others.
     *
     * @param origins its true origins that can be read, which it is asked about one by one besides
     */
    Answers ask(int model, List<Integer> earlier, List<Integer> origins) {
        try {
            return together(model, earlier, origins);
        } catch (IOException | RuntimeException failure) {
            return oneByOne(model, earlier, origins, Reasons.of(failure));
        }
    }

    private Answers together(int model, List<Integer> earlier, List<Integer> origins) throws IOException {
        List<ModelWeights> before = new ArrayList<>();
        for (int position : earlier) {
            before.add(weights(position));
        }
        Ancestry ancestry = Ancestry.of(weights(model), before, models.size());
        List<PairOutcome> pairs = new ArrayList<>();
        for (int i = 0; i < earlier.size(); i++) {
            Ancestry.Kin kin = ancestry.kin().get(i);
            pairs.add(Judging.outcome(earlier.get(i), model, kin.compared(), kin.judgement()));
        }
        Map<Integer, OriginClaim> said = new HashMap<>();
        for (int origin : origins) {
            about(model, origin, ancestry, earlier.indexOf(origin)).ifPresent(claim -> said.put(origin, claim));
        }
        return new Answers(pairs, List.of(claims(model, earlier, ancestry, said)));
    }

    private Optional<OriginClaim> about(int model, int origin, Ancestry ancestry, int index) {
        try {
            return new OriginQuestion(weights(origin), weights(model), models.size()).answer(ancestry, index);
        } catch (IOException unreadable) {
            return Optional.empty();
        } catch (RuntimeException fault) {
            return Optional.of(OriginClaim.nothing(Reasons.of(fault)));
        }
    }

    private static Claims claims(
            int model, List<Integer> earlier, Ancestry ancestry, Map<Integer, OriginClaim> origins) {
        List<NamedParent> parents = ancestry.lineage().stream()
                .map(found -> new NamedParent(
                        earlier.get(found.parent().index()),
                        found.parent().weight(),
                        Direction.ofBaseFirst(found.direction())))
                .toList();
        return new Claims(model, parents, ancestry.parentage().reason(), origins);
    }

    private Answers oneByOne(int model, List<Integer> earlier, List<Integer> origins, String reason) {
        List<PairOutcome> pairs = new ArrayList<>();
        List<PairOutcome> failed = new ArrayList<>();
        List<Integer> sound = new ArrayList<>();
        for (int position : earlier) {
            try {
                CheckpointComparison compared = CheckpointComparison.between(weights(position), weights(model));
                pairs.add(Judging.outcome(position, model, compared, compared.judge(models.size())));
                sound.add(position);
            } catch (IOException | RuntimeException failure) {
                failed.add(new NotCompared(position, model, Reasons.of(failure)));
            }
        }
        if (!failed.isEmpty() && !sound.isEmpty()) {
            return Answers.of(List.of(new Answers(failed, List.of()), ask(model, sound, origins)));
        }
        Map<Integer, OriginClaim> nothing = new HashMap<>();
        origins.stream().filter(sound::contains).forEach(origin -> nothing.put(origin, OriginClaim.nothing(reason)));
        pairs.addAll(failed);
        return new Answers(pairs, List.of(new Claims(model, List.of(), reason, nothing)));
    }

    private ModelWeights weights(int model) throws IOException {
        ModelWeights known = weights.get(model);
        if (known == null) {
            if (!(models.get(model) instanceof Readable readable)) {
                throw new IllegalArgumentException("model " + model + " cannot be read");
            }
            known = ModelWeights.of(readable.checkpoint());
            weights.put(model, known);
        }
        return known;
    }
}
