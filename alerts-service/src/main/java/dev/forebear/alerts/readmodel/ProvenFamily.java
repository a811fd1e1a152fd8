package dev.forebear.alerts.readmodel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who descend from a model, as far as weights prove.
 *
 * @param members the nearest first, then by id
 * @param truncated whether there are more, which were not looked for
 */
public record ProvenFamily(List<Member> members, boolean truncated) {

    public ProvenFamily {
        members = List.copyOf(members);
    }

    /**
     * A model version that descends from it.
     *
     * @param depth steps from the model: 1 or more
     * @param through the step by which it does
     */
    public record Member(String id, String modelId, int depth, Step through, boolean deleted, boolean undeclared) {

        public String registry() {
            return id.substring(0, id.indexOf('/'));
        }
    }

    /**
     * A proven match.
     *
     * @param direct whether in one step, as far as the weights tell; otherwise others may stand between
     * @param relation what was done; null when not known
     */
    public record Step(
            String derivedId,
            String baseId,
            boolean direct,
            @Nullable String relation) {}
}
