package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Claims.Direction;
import dev.forebear.cli.evaluate.Claims.OriginClaim;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.relation.Ancestry;
import dev.forebear.signals.relation.Relation;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.Optional;

/**
 * Asks about a model and one of its true origins: what was done, and which came first. The direction is asked for in
 * both orders, so that an answer that hangs on the order of asking is found out.
 */
record OriginQuestion(ModelWeights origin, ModelWeights child, long registrySize) {

    /**
     * Empty when the two are not comparable.
     *
     * @param ancestry what the product says about the child and everything uploaded before it
     * @param index place of the origin among the earlier models; negative when it was uploaded later
     */
    Optional<OriginClaim> answer(Ancestry ancestry, int index) throws IOException {
        CheckpointComparison forward = index < 0
                ? CheckpointComparison.between(origin, child)
                : ancestry.kin().get(index).compared();
        return switch (forward.judge(registrySize).verdict()) {
            case NOT_COMPARABLE -> Optional.empty();
            case NO_EVIDENCE -> Optional.of(OriginClaim.nothing("not called related"));
            case SAME_WEIGHTS, DERIVED, SHARES_AN_ANCESTOR, SHARED_INITIALISATION_OR_LINEAGE ->
                Optional.of(claim(ancestry, index, forward));
        };
    }

    private OriginClaim claim(Ancestry ancestry, int index, CheckpointComparison forward) throws IOException {
        Optional<Ancestry.Lineage> named = ancestry.lineage().stream()
                .filter(found -> found.parent().index() == index)
                .findFirst();
        boolean merged = ancestry.parentage().method().isMerge();
        Relation relation = named.isPresent() ? named.get().relation() : Relation.of(origin, child, forward, merged);
        Asked asked = merged && named.isPresent() ? Asked.once(named.get()) : bothWays(forward);
        return new OriginClaim(relation.kind().id(), relation.detail(), asked.direction(), asked.reason());
    }

    private record Asked(Direction direction, String reason) {

        // A blend is recognised among all of its parents; asked about with one alone it could not be.
        static Asked once(Ancestry.Lineage named) {
            return new Asked(
                    Direction.ofBaseFirst(named.direction()), named.direction().reason());
        }
    }

    private Asked bothWays(CheckpointComparison forward) throws IOException {
        var first = dev.forebear.signals.relation.Direction.between(origin, child, forward);
        var second = dev.forebear.signals.relation.Direction.between(
                child, origin, CheckpointComparison.between(child, origin));
        Direction one = Direction.ofBaseFirst(first);
        Direction other = Direction.ofBaseSecond(second);
        boolean agreed = one == other;
        return agreed
                ? new Asked(one, first.reason())
                : new Asked(
                        Direction.CONTRADICTORY, first.reason() + "; asked the other way round: " + second.reason());
    }
}
