package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The weights prove a base, near or far, declared or not, that the organisation does not allow.
 *
 * <p>A popular base has many proven relatives under the same licence. So each entry of the policy names one base only:
 * the nearest, or else the earliest uploaded. Entries that name the same base make one finding.
 *
 * @param models model ids ({@code hub/quarry-ai/basalt-7b}), model version ids, or patterns of either or of names
 * @param licences in any spelling
 * @param families names of families
 * @param publishers as the catalogue of families calls them, or organisations in names
 * @param countries of the publishers, by ISO 3166-1 alpha-2
 */
record DisallowedAncestor(
        List<NamePattern> models,
        List<String> licences,
        List<String> families,
        List<String> publishers,
        List<String> countries)
        implements Check {

    static final String NAME = "disallowed-ancestor";

    private static final Comparator<Ancestor> NEAREST_THEN_EARLIEST = Comparator.comparing(
                    (Ancestor base) -> base.match().getNearest(), Comparator.reverseOrder())
            .thenComparing(base -> base.match().getUploadedAt())
            .thenComparing(base -> base.match().getModelVersionId());

    DisallowedAncestor {
        models = List.copyOf(models);
        licences = List.copyOf(licences);
        families = List.copyOf(families);
        publishers = List.copyOf(publishers);
        countries = List.copyOf(countries);
    }

    boolean isEmpty() {
        return models.isEmpty()
                && licences.isEmpty()
                && families.isEmpty()
                && publishers.isEmpty()
                && countries.isEmpty();
    }

    @Override
    public List<Hit> hits(Dossier dossier) {
        List<Ancestor> others =
                dossier.others().stream().sorted(NEAREST_THEN_EARLIEST).toList();
        Map<String, Listed> listed = new LinkedHashMap<>();
        for (Entry entry : entries(dossier)) {
            others.stream()
                    .filter(entry.fits)
                    .findFirst()
                    .ifPresent(base -> listed.computeIfAbsent(
                                    base.match().getModelVersionId(), id -> new Listed(base, new ArrayList<>()))
                            .reasons
                            .add(entry.reason));
        }
        return listed.values().stream().map(one -> hit(dossier, one)).toList();
    }

    private List<Entry> entries(Dossier dossier) {
        List<Entry> entries = new ArrayList<>();
        models.forEach(model -> entries.add(
                new Entry("'" + model.text() + "' is on the list of models", base -> model.matches(base.match()))));
        licences.forEach(licence -> entries.add(new Entry(
                "its licence " + licence + " is on the list of licences",
                base -> dossier.licences().idOf(licence).equals(dossier.licence(base)))));
        families.forEach(family -> entries.add(new Entry(
                "its family " + family + " is on the list of families",
                base -> family.equalsIgnoreCase(dossier.origin(base).family()))));
        publishers.forEach(publisher -> entries.add(new Entry(
                "its publisher " + publisher + " is on the list of publishers",
                base -> publisher.equalsIgnoreCase(dossier.origin(base).publisher())
                        || publisher.equalsIgnoreCase(
                                Origin.byName(base.match().getName()).publisher()))));
        countries.forEach(country -> entries.add(new Entry(
                "its country " + country + " is on the list of countries",
                base -> country.equals(dossier.origin(base).country()))));
        return entries;
    }

    private static Hit hit(Dossier dossier, Listed listed) {
        LineageMatch base = listed.base.match();
        String model = dossier.report().getModelVersionId();
        String title = "Disallowed ancestor: " + model + " descends from " + base.getModelVersionId();
        String licence = Optional.ofNullable(base.getLicence())
                .map(id -> " (" + id + ")")
                .orElse("");
        String explanation = Proof.sentence(dossier.report(), listed.base) + " The policy does not allow "
                + base.getModelVersionId() + licence + ": " + String.join(", and ", listed.reasons) + ".";
        return new Hit(listed.base, title, explanation);
    }

    private record Entry(String reason, Predicate<Ancestor> fits) {}

    private record Listed(Ancestor base, List<String> reasons) {}
}
