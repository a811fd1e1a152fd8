package dev.forebear.alerts.readmodel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that descends from a model, or that it descends from: over what the weights prove, and over what is only
 * declared.
 *
 * @param members the nearest first, then by id; without the model itself
 * @param truncated whether there are more, which were not looked for
 */
public record FamilyTree(List<Member> members, boolean truncated) {

    public FamilyTree {
        members = List.copyOf(members);
    }

    /** Which way from the model. */
    public enum Direction {
        ANCESTORS,
        DESCENDANTS
    }

    /**
     * Somebody of the family.
     *
     * @param id model version id; of a base that is declared and not known here, its name as declared
     * @param modelId null for a base that is not known here
     * @param depth steps from the model: 1 or more
     * @param through the member before, or the model itself
     * @param proven whether the weights prove every step of the way
     * @param steps from those that are nearer, the one on the way first; never empty
     */
    public record Member(
            String id, @Nullable String modelId, int depth, String through, boolean proven, List<Step> steps) {

        public Member {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One was made from the other, or so it is declared.
     *
     * @param proof what the weights say; null when it is declared only
     * @param declared whether the derived model declares it
     * @param declaration how; null when it is not declared, or by another of its names
     */
    public record Step(
            String derivedId,
            String baseId,
            @Nullable Proof proof,
            boolean declared,
            @Nullable Declaration declaration) {}

    /**
     * A proven match.
     *
     * @param direct whether in one step, as far as the weights tell; otherwise others may stand between
     * @param relation what was done; null when not known
     * @param log10EValue number of such matches expected by chance
     */
    public record Proof(
            String verdict,
            String basis,
            boolean direct,
            @Nullable String relation,
            @Nullable String detail,
            @Nullable Double mergeWeight,
            double log10EValue) {}

    /**
     * What somebody wrote.
     *
     * @param name of the base, as declared
     * @param source where it was declared, for example {@code model-card}
     * @param strength stated, hint or attested
     */
    public record Declaration(String name, @Nullable String relation, String source, String strength) {}
}
