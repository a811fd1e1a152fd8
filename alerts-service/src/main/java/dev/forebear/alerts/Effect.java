package dev.forebear.alerts;

import dev.forebear.schemas.wire.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holding everything that is known against a policy would change, as far as it was counted.
 *
 * @param counted latest reports that were looked at
 * @param reports latest reports there are
 * @param rules by the names of the rules that find something, or found something that is still open
 */
public record Effect(long counted, long reports, Map<String, OfRule> rules) {

    public Effect {
        rules = Map.copyOf(rules);
    }

    /** What would become of an alert. */
    public enum Change {
        /** It would be opened, or opened again. */
        OPENS,
        /** It would be over. */
        RESOLVES,
        /** It is not over and stays so. */
        STAYS
    }

    /**
     * Alerts of one rule.
     *
     * @param samples a few of each kind
     */
    public record OfRule(long opens, long resolves, long stays, List<Sample> samples) {

        public OfRule {
            samples = List.copyOf(samples);
        }
    }

    /**
     * One alert.
     *
     * @param baseModelId null when the rule is not about an ancestor
     */
    public record Sample(
            Change change,
            String alertId,
            String derivedModelVersionId,
            @Nullable String baseModelId,
            Severity severity,
            String title) {}
}
