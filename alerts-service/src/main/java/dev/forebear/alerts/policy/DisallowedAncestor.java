package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Severity;
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
record DisallowedAncestor(Severity severity, List<NamePattern> models, List<String> licences) implements Rule {

    static final String NAME = "disallowed-ancestor";

    private static final Comparator<LineageMatch> NEAREST_THEN_EARLIEST = Comparator.comparing(
                    LineageMatch::getNearest, Comparator.reverseOrder())
            .thenComparing(LineageMatch::getUploadedAt)
            .thenComparing(LineageMatch::getModelVersionId);

    DisallowedAncestor {
        models = List.copyOf(models);
        licences = List.copyOf(licences);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> findings(LineageReport report) {
        List<LineageMatch> proven = Proof.of(report).stream()
                .filter(base -> !Proof.isSameModel(report, base))
                .sorted(NEAREST_THEN_EARLIEST)
                .toList();
        Map<String, Hit> hits = new LinkedHashMap<>();
        for (NamePattern model : models) {
            proven.stream()
                    .filter(model::matches)
                    .findFirst()
                    .ifPresent(base -> hit(hits, base, "'" + model.text() + "' is on the list of models"));
        }
        for (String licence : licences) {
            proven.stream()
                    .filter(base -> licence.equalsIgnoreCase(base.getLicence()))
                    .findFirst()
                    .ifPresent(base -> hit(hits, base, "its licence " + licence + " is on the list of licences"));
        }
        return hits.values().stream().map(hit -> finding(report, hit)).toList();
    }

    private static void hit(Map<String, Hit> hits, LineageMatch base, String reason) {
        hits.computeIfAbsent(base.getModelVersionId(), id -> new Hit(base, new ArrayList<>()))
                .reasons()
                .add(reason);
    }

    private Finding finding(LineageReport report, Hit hit) {
        String title =
                "Disallowed ancestor: " + report.getModelVersionId() + " descends from " + hit.base.getModelVersionId();
        String licence = Optional.ofNullable(hit.base.getLicence())
                .map(id -> " (" + id + ")")
                .orElse("");
        String explanation = Proof.sentence(report, hit.base) + " The policy does not allow "
                + hit.base.getModelVersionId() + licence + ": " + String.join(", and ", hit.reasons) + ".";
        return new Finding(NAME, severity, hit.base, title, explanation);
    }

    private record Hit(LineageMatch base, List<String> reasons) {}
}
