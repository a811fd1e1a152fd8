package dev.forebear.alerts.policy.licence;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param id for example {@code cc-by-nc-4.0}
 * @param duties what follows the weights, for example {@code non-commercial}
 * @param acceptable ids that a derivative may declare; holds {@link #ANY} when it may declare anything
 * @param unclear ids that a person has to compare
 * @param nameBegins how the name of a published derivative has to begin; null when it may be anything
 */
public record Licence(
        String id,
        Set<String> duties,
        Set<String> acceptable,
        Set<String> unclear,
        @Nullable String nameBegins) {

    static final String ANY = "any";

    public Licence {
        duties = Set.copyOf(duties);
        acceptable = Set.copyOf(acceptable);
        unclear = Set.copyOf(unclear);
    }

    /** Whether derivatives may be under any licence. */
    public boolean acceptsAny() {
        return acceptable.contains(ANY);
    }

    Fit fit(String derivative) {
        if (acceptsAny() || acceptable.contains(derivative)) {
            return Fit.ACCEPTABLE;
        }
        return unclear.contains(derivative) ? Fit.UNCLEAR : Fit.CONFLICTING;
    }
}
