package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy decides on: a model version, and all that is known of its ancestry.
 *
 * @param report the latest on the model version
 * @param visibility {@code public} or {@code private} where the registry tells; null where it does not
 * @param uploadedBy who uploaded it, as the registry says; null when not told
 * @param ancestors the report's matches, and over them whatever their own reports name, each once, the nearest first
 */
public record Subject(
        LineageReport report,
        @Nullable String visibility,
        @Nullable String uploadedBy,
        List<Ancestor> ancestors) {

    public Subject {
        ancestors = List.copyOf(ancestors);
    }

    /** What a report alone tells: its matches are the ancestors. */
    public static Subject of(LineageReport report) {
        return new Subject(
                report,
                null,
                null,
                report.getMatches().stream()
                        .map(match -> new Ancestor(match, 1, null))
                        .toList());
    }
}
