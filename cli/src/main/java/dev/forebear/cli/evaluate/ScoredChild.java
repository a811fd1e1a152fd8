package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Claims.Direction;
import dev.forebear.cli.evaluate.Claims.NamedParent;
import dev.forebear.cli.evaluate.Claims.OriginClaim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was said about the origin of a model, beside the truth. Models are named by their ids.
 *
 * @param entry the truth
 * @param named parents that the product names
 * @param strangers named parents that are no ancestors
 * @param origins what was said about the model and each of its true origins, as far as they were compared
 * @param parentsKnown whether all true parents were uploaded before it and could be read
 * @param reason how the product came to the parents
 */
record ScoredChild(
        LineageEntry entry,
        Map<String, NamedParent> named,
        Set<String> strangers,
        Map<String, OriginClaim> origins,
        boolean parentsKnown,
        String reason) {

    /** Named where the product does not call two models related. */
    static final String NO_KIND = "none";

    static ScoredChild of(Lineage lineage, Kinship kinship, Claims claims) {
        List<LineageEntry> models = lineage.models();
        LineageEntry entry = models.get(claims.child());
        Map<String, NamedParent> named = new LinkedHashMap<>();
        claims.parents().forEach(parent -> named.put(models.get(parent.model()).id(), parent));
        Set<String> strangers = new HashSet<>(named.keySet());
        strangers.removeIf(id -> kinship.descends(id, claims.child()));
        Map<String, OriginClaim> origins = new LinkedHashMap<>();
        Set<String> before = new HashSet<>();
        claims.origins().forEach((position, claim) -> {
            origins.put(models.get(position).id(), claim);
            if (position < claims.child()) {
                before.add(models.get(position).id());
            }
        });
        return new ScoredChild(entry, named, strangers, origins, before.containsAll(entry.parents()), claims.reason());
    }

    /** Whether a kind is expected and all that it refers to was compared. */
    boolean expectsKind() {
        return entry.kind() != null
                && !entry.origins().isEmpty()
                && origins.keySet().containsAll(entry.origins());
    }

    /** The kind that was named for the model and its origins; several where they differ. */
    String namedKind() {
        Set<String> kinds = new TreeSet<>();
        origins.values().forEach(claim -> kinds.add(claim.kind() == null ? NO_KIND : claim.kind()));
        return String.join(" or ", kinds);
    }

    boolean isKindRight() {
        return namedKind().equals(entry.kind());
    }

    /** Whether parents are expected that the product could know of. */
    boolean expectsParents() {
        return !entry.parents().isEmpty() && parentsKnown;
    }

    /** Exactly the true parents; of a merge all of them. */
    boolean areParentsRight() {
        return named.keySet().equals(Set.copyOf(entry.parents()));
    }

    /** What was said about the model and each of its true parents. */
    List<OriginClaim> parentClaims() {
        return entry.parents().isEmpty() ? List.of() : new ArrayList<>(origins.values());
    }

    /** Named parents that are no ancestors and that a direction was stated for all the same. */
    List<String> strangersWithDirection() {
        return strangers.stream()
                .filter(id -> named.get(id) != null && named.get(id).direction() != Direction.UNDETERMINED)
                .sorted()
                .toList();
    }

    /**
     * Largest absolute error of the shares of a merge; a parent that is not named, or without a share, counts as share
     * 0. NaN where shares are not known.
     */
    double shareError() {
        if (entry.parentWeights().isEmpty() || !expectsParents()) {
            return Double.NaN;
        }
        Map<String, Double> errors = new LinkedHashMap<>();
        for (int i = 0; i < entry.parents().size(); i++) {
            errors.merge(entry.parents().get(i), entry.parentWeights().get(i), Double::sum);
        }
        named.forEach(
                (id, parent) -> errors.merge(id, -(Double.isNaN(parent.share()) ? 0 : parent.share()), Double::sum));
        return errors.values().stream().mapToDouble(Math::abs).max().orElse(Double.NaN);
    }
}
