package dev.forebear.alerts.policy;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The model has, value by value, the weights of a model of another publisher and another name, and declares none that
 * has them. The earliest model with these weights is the original: who was first is not accused of copying.
 *
 * @param except models that may be copied, such as those of sister organisations
 */
record CopiedWeights(List<NamePattern> except) implements Check {

    static final String NAME = "copy-of-someone-elses";

    CopiedWeights {
        except = List.copyOf(except);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        List<Ancestor> same = dossier.provenByReport().stream()
                .filter(base -> base.match().getVerdict() == Verdict.SAME_WEIGHTS)
                .sorted(Comparator.comparing((Ancestor base) -> base.match().getUploadedAt())
                        .thenComparing(base -> base.match().getModelVersionId()))
                .toList();
        if (same.stream().anyMatch(base -> base.match().getDeclared())) {
            return List.of();
        }
        return same.stream()
                .limit(1)
                .filter(original -> isSomeoneElses(dossier, original))
                .filter(original -> except.stream().noneMatch(pattern -> pattern.matches(original.match())))
                .map(original -> hit(dossier, original))
                .toList();
    }

    private static boolean isSomeoneElses(Dossier dossier, Ancestor original) {
        LineageMatch match = original.match();
        String theirs = folded(dossier.origin(original).publisher());
        String own = folded(dossier.origin().publisher());
        return theirs != null
                && !Objects.equals(own, theirs)
                && !ModelReference.sameLastSegment(
                        match.getName(), dossier.report().getName());
    }

    private static Hit hit(Dossier dossier, Ancestor original) {
        String model = dossier.report().getModelVersionId();
        String publisher = String.valueOf(dossier.origin(original).publisher());
        return new Hit(
                original,
                "Copy of someone else's weights: " + model + " is "
                        + original.match().getModelVersionId(),
                Proof.sentence(dossier.report(), original) + " They are those of " + publisher
                        + ", under another name. It does not say so.");
    }

    private static @Nullable String folded(@Nullable String publisher) {
        return publisher == null ? null : publisher.toLowerCase(Locale.ROOT);
    }
}
