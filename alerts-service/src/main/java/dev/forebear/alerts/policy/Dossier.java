package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.licence.LicenceTable;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that the rules of a policy look at of one model version. Not thread-safe: what was looked up is kept. */
final class Dossier {

    private final Subject subject;
    private final Placement placement;
    private final FamilyCatalogue families;
    private final LicenceTable licences;
    private final List<Ancestor> proven;
    private final Map<String, String> licenceIds = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();

    Dossier(Subject subject, Placement placement, FamilyCatalogue families, LicenceTable licences) {
        this.subject = subject;
        this.placement = placement;
        this.families = families;
        this.licences = licences;
        proven = subject.ancestors().stream()
                .filter(ancestor -> Proof.isProven(ancestor.match()))
                .toList();
    }

    Subject subject() {
        return subject;
    }

    LineageReport report() {
        return subject.report();
    }

    Placement placement() {
        return placement;
    }

    LicenceTable licences() {
        return licences;
    }

    /** Id of the licence of the model; empty when it declares none. */
    String licence() {
        return licence(report().getLicence());
    }

    String licence(Ancestor ancestor) {
        return licence(ancestor.match().getLicence());
    }

    private String licence(@Nullable String text) {
        return text == null ? "" : licenceIds.computeIfAbsent(text, licences::idOf);
    }

    Origin origin() {
        return origin(report().getRegistry(), report().getName());
    }

    private Origin origin(String registry, String name) {
        return origins.computeIfAbsent(registry + "/" + name, id -> families.origin(registry, name));
    }

    /** What was said of a reference model counts for more than names. */
    Origin origin(Ancestor ancestor) {
        LineageMatch match = ancestor.match();
        Origin byName = origin(match.getRegistry(), match.getName());
        return new Origin(
                match.getFamily() == null ? byName.family() : match.getFamily(),
                match.getPublisher() == null ? byName.publisher() : match.getPublisher(),
                byName.country());
    }

    /** Ancestors whose weights prove that one was made from the other, the nearest first. */
    List<Ancestor> proven() {
        return proven;
    }

    /** Of the proven ones those that the report on the model itself names. */
    List<Ancestor> provenByReport() {
        return proven.stream().filter(ancestor -> ancestor.through() == null).toList();
    }

    /** The proven ancestors but for other versions of the model itself. */
    List<Ancestor> others() {
        return proven.stream()
                .filter(ancestor -> !Proof.isSameModel(report(), ancestor.match()))
                .toList();
    }

    /** Bases that somebody stated, without hints and without claims that there is none. */
    List<DeclaredBase> statedBases() {
        return report().getDeclaredBases().stream()
                .filter(base -> base.getStrength() != DeclarationStrength.HINT)
                .filter(base -> !FromScratch.isClaim(base))
                .toList();
    }

    /** Whether somebody stated that the model was made from nothing. */
    boolean claimsFromScratch() {
        return report().getDeclaredBases().stream()
                .filter(base -> base.getStrength() != DeclarationStrength.HINT)
                .anyMatch(FromScratch::isClaim);
    }
}
