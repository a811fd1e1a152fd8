package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.Ancestor.Way;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a policy decides on: a model version, and all that is known of its ancestry.
 *
 * @param report the latest on the model version
 * @param visibility {@code public} or {@code private} where the registry tells; null where it does not
 * @param uploadedBy who uploaded it, as the registry says; null when not told
 * @param ancestors the report's matches, and over them whatever their own reports name, each once, the nearest first
 * @param refutedBases of the declared bases, as declared, those that mean a model that was analysed before the report
 *     was made and that the report found nothing in common with
 * @param taints one for each quarantined model that it is or descends from
 */
public record Subject(
        LineageReport report,
        @Nullable String visibility,
        @Nullable String uploadedBy,
        List<Ancestor> ancestors,
        Set<String> refutedBases,
        List<Taint> taints) {

    public Subject {
        ancestors = List.copyOf(ancestors);
        refutedBases = Set.copyOf(refutedBases);
        taints = List.copyOf(taints);
    }

    /** A model version that nothing quarantined has to do with. */
    public Subject(
            LineageReport report,
            @Nullable String visibility,
            @Nullable String uploadedBy,
            List<Ancestor> ancestors,
            Set<String> refutedBases) {
        this(report, visibility, uploadedBy, ancestors, refutedBases, List.of());
    }

    /** A model version of whose declared bases nothing more is known. */
    public Subject(
            LineageReport report, @Nullable String visibility, @Nullable String uploadedBy, List<Ancestor> ancestors) {
        this(report, visibility, uploadedBy, ancestors, Set.of());
    }

    /** What a report alone tells: its matches are the ancestors. */
    public static Subject of(LineageReport report) {
        boolean parentsKnown = report.getMatches().stream().anyMatch(Subject::isProvenParent);
        return new Subject(
                report,
                null,
                null,
                report.getMatches().stream()
                        .map(match -> {
                            boolean step = parentsKnown ? isProvenParent(match) : match.getNearest();
                            return new Ancestor(match, 1, step ? Way.STEPS : Way.REMOTE, null);
                        })
                        .toList());
    }

    private static boolean isProvenParent(LineageMatch match) {
        return match.getParent() && Proof.isProven(match);
    }
}
