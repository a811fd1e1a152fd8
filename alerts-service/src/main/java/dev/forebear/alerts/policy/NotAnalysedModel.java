package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.NotAnalysed;
import java.util.List;
import java.util.Set;

/**
 * Nobody knows what the model was made from, because its weights could not be read, and no copy of it is known.
 *
 * @param reasons those that are told, for example {@code malformed}
 * @param except models that nobody has to know of
 */
record NotAnalysedModel(Set<String> reasons, List<NamePattern> except) implements Check {

    static final String NAME = "not-analysed";

    /** Every reason there is but for {@link UnsafeFile#REASON}, which has a rule of its own. */
    static final Set<String> ALL_REASONS =
            Set.of("missing", "malformed", "unsupported", "changed", "unreachable", "refused", "internal");

    /** Reasons that do not pass by themselves. */
    static final Set<String> LASTING_REASONS = Set.of("malformed", "unsupported", "refused");

    NotAnalysedModel {
        reasons = Set.copyOf(reasons);
        except = List.copyOf(except);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        NotAnalysed why = dossier.report().getNotAnalysed();
        if (why == null
                || !dossier.proven().isEmpty()
                || !reasons.contains(why.getReason())
                || except.stream().anyMatch(pattern -> pattern.matches(dossier.report()))) {
            return List.of();
        }
        String model = dossier.report().getModelVersionId();
        return List.of(new Hit(
                null,
                "Not analysed: nobody knows what " + model + " was made from",
                "Its weights could not be analysed (" + why.getReason() + "): " + why.getMessage()
                        + ". That is not the same as clean."));
    }
}
