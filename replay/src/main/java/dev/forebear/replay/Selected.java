package dev.forebear.replay;

import dev.forebear.alerts.policy.NamePattern;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelUploaded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The uploads that a selection means, by partition and offset. */
final class Selected {

    private final Selection selection;
    private final Policy policy;
    private final @Nullable NamePattern pattern;

    private Selected(Selection selection, Policy policy) {
        this.selection = selection;
        this.policy = policy;
        this.pattern = selection.namePattern() == null ? null : NamePattern.of(selection.namePattern());
    }

    /** @throws ConfigurationException when it names what does not exist, or means no upload */
    static List<PastUpload> of(Selection selection, Policy policy, PastUploads uploads) {
        requireKnown(selection, policy, uploads);
        var selected = new Selected(selection, policy);
        List<PastUpload> chosen = uploads.all().stream()
                .filter(upload -> selected.includes(upload.announced()))
                .toList();
        if (chosen.isEmpty()) {
            throw new ConfigurationException(
                    uploads.all().isEmpty()
                            ? "selection: expected uploads, found that none was ever announced"
                            : "selection: expected at least one upload, found none; the first was announced at "
                                    + first(uploads) + ", the last at " + uploads.last());
        }
        return chosen;
    }

    private static void requireKnown(Selection selection, Policy policy, PastUploads uploads) {
        List<String> problems = new ArrayList<>();
        unknown("registry", selection.registries(), uploads.registries(), problems);
        unknown("team", selection.teams(), policy.teams(), problems);
        try {
            if (selection.namePattern() != null) {
                NamePattern.of(selection.namePattern());
            }
        } catch (IllegalArgumentException e) {
            problems.add("name: " + e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static void unknown(String what, List<String> asked, Set<String> known, List<String> problems) {
        asked.stream()
                .filter(one -> !known.contains(one))
                .forEach(one -> problems.add(what + ": expected "
                        + (known.isEmpty() ? "none, since there is none" : "one of " + String.join(", ", known))
                        + ", found '" + one + "'"));
    }

    private static Instant first(PastUploads uploads) {
        return uploads.all().stream()
                .map(upload -> upload.announced().getReceivedAt())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private boolean includes(ModelUploaded upload) {
        return selection.includes(upload.getReceivedAt())
                && (selection.registries().isEmpty() || selection.registries().contains(upload.getRegistry()))
                && (pattern == null && selection.teams().isEmpty()
                        || fits(ModelVersionId.parse(upload.getModelVersionId())));
    }

    private boolean fits(ModelVersionId model) {
        return (pattern == null || pattern.matches(model))
                && (selection.teams().isEmpty()
                        || isOfTeam(policy.placement(model, null).team()));
    }

    private boolean isOfTeam(@Nullable String team) {
        return team != null && selection.teams().contains(team);
    }
}
