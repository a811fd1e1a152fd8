package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights prove a base, near or far, declared or not, that the organisation does not allow.
 *
 * <p>A popular base has many proven relatives under the same licence. So each entry of the policy names one base only:
 * the nearest, or else the earliest uploaded. Entries that name the same base make one finding.
 *
 * @param models model ids ({@code hub/quarry-ai/basalt-7b}), model version ids, or patterns of either or of names
 * @param licences licence identifiers; case does not matter
 */
record DisallowedAncestor(List<NamePattern> models, List<String> licences) implements Check {

    static final String NAME = "disallowed-ancestor";

    private static final Comparator<Ancestor> NEAREST_THEN_EARLIEST = Comparator.comparing(
                    (Ancestor base) -> base.match().getNearest(), Comparator.reverseOrder())
            .thenComparing(base -> base.match().getUploadedAt())
            .thenComparing(base -> base.match().getModelVersionId());

    DisallowedAncestor {
        models = List.copyOf(models);
        licences = List.copyOf(licences);
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        LineageReport report = dossier.report();
        List<Ancestor> proven = dossier.proven().stream()
                .filter(base -> !Proof.isSameModel(report, base.match()))
                .sorted(NEAREST_THEN_EARLIEST)
                .toList();
        Map<String, Listed> hits = new LinkedHashMap<>();
        for (NamePattern model : models) {
            proven.stream()
                    .filter(base -> model.matches(base.match()))
                    .findFirst()
                    .ifPresent(base -> list(hits, base, "'" + model.text() + "' is on the list of models"));
        }
        for (String licence : licences) {
            proven.stream()
                    .filter(base -> licence.equalsIgnoreCase(base.match().getLicence()))
                    .findFirst()
                    .ifPresent(base -> list(hits, base, "its licence " + licence + " is on the list of licences"));
        }
        return hits.values().stream().map(listed -> hit(report, listed)).toList();
    }

    private static void list(Map<String, Listed> hits, Ancestor base, String reason) {
        hits.computeIfAbsent(base.match().getModelVersionId(), id -> new Listed(base, new ArrayList<>()))
                .reasons()
                .add(reason);
    }

    private static Hit hit(LineageReport report, Listed listed) {
        LineageMatch base = listed.base.match();
        String title =
                "Disallowed ancestor: " + report.getModelVersionId() + " descends from " + base.getModelVersionId();
        String licence = Optional.ofNullable(base.getLicence())
                .map(id -> " (" + id + ")")
                .orElse("");
        String explanation = Proof.sentence(report, base) + " The policy does not allow " + base.getModelVersionId()
                + licence + ": " + String.join(", and ", listed.reasons) + ".";
        return new Hit(listed.base, title, explanation);
    }

    private record Listed(Ancestor base, List<String> reasons) {}
}
