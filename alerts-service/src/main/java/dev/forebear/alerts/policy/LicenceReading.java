package dev.forebear.alerts.policy;

import dev.forebear.alerts.policy.Hit.Weight;
import dev.forebear.alerts.policy.LicenceConflict.Objection;
import dev.forebear.alerts.policy.licence.Licence;
import dev.forebear.alerts.policy.licence.LicenceTable;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.Verdict;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Holds the licence of one ancestor after the other against what a model declares and against who may use it. */
final class LicenceReading {

    /** What leaves the work as it is: the licence goes with it unchanged. */
    private static final Set<String> UNCHANGED = Set.of("copy", "cast", "quantised");

    private static final String ADAPTER = "adapter";

    private final Dossier dossier;
    private final LicenceTable table;
    private final String own;
    private final Exposure exposure;

    LicenceReading(Dossier dossier) {
        this.dossier = dossier;
        this.table = dossier.licences();
        this.own = dossier.licence();
        this.exposure = dossier.placement().exposure();
    }

    /** What stands against the model on account of this ancestor; empty when nothing does. */
    Optional<Objection> objection(Ancestor ancestor) {
        if (isOwn(ancestor)) {
            return Optional.empty();
        }
        String licence = dossier.licence(ancestor);
        Optional<Objection> objection = licence.isEmpty()
                ? missing(ancestor)
                : use(ancestor, licence).or(() -> derivative(ancestor, licence)).or(() -> declared(ancestor, licence));
        return objection.map(one -> isAdapterAlone() ? new Objection(ancestor, Weight.LESSER, one.reason()) : one);
    }

    /** Whoever published both may license both as they like. */
    private boolean isOwn(Ancestor ancestor) {
        String theirs = dossier.origin(ancestor).publisher();
        return theirs != null
                && theirs.equalsIgnoreCase(
                        Objects.requireNonNullElse(dossier.origin().publisher(), ""));
    }

    private Optional<Objection> missing(Ancestor ancestor) {
        boolean fromOutside = dossier.origin(ancestor).publisher() != null;
        return exposure == Exposure.INTERNAL || !fromOutside
                ? Optional.empty()
                : Objection.of(
                        ancestor,
                        Weight.FULL,
                        name(ancestor) + " declares no licence, so no permission can be assumed.");
    }

    private Optional<Objection> use(Ancestor ancestor, String licence) {
        return exposure == Exposure.PRODUCT && table.demands(licence, "non-commercial")
                ? Objection.of(
                        ancestor,
                        Weight.FULL,
                        licence + " allows no commercial use, and the policy says that the model is in a product.")
                : Optional.empty();
    }

    private Optional<Objection> derivative(Ancestor ancestor, String licence) {
        if (exposure != Exposure.PUBLISHED
                || !table.demands(licence, "no-derivatives")
                || ancestor.match().getVerdict() == Verdict.SAME_WEIGHTS) {
            return Optional.empty();
        }
        return Objection.of(
                ancestor,
                isUnchanged(ancestor) ? Weight.LESSER : Weight.FULL,
                licence + " allows to share unchanged copies only, and the model is published.");
    }

    private Optional<Objection> declared(Ancestor ancestor, String licence) {
        boolean any = table.row(licence).map(Licence::acceptsAny).orElse(false);
        if (any) {
            return Optional.empty();
        }
        if (own.isEmpty()) {
            return exposure == Exposure.PUBLISHED
                    ? Objection.of(
                            ancestor,
                            Weight.LESSER,
                            "The model declares no licence, and " + licence + " has to be passed on.")
                    : Optional.empty();
        }
        if (own.equals(licence)) {
            return naming(ancestor, licence);
        }
        return switch (table.fit(licence, own)) {
            case ACCEPTABLE -> isUnchanged(ancestor) ? relabelled(ancestor, licence) : naming(ancestor, licence);
            case UNCLEAR ->
                exposure == Exposure.INTERNAL && table.row(licence).isEmpty()
                        ? Optional.empty()
                        : Objection.of(
                                ancestor,
                                Weight.LESSER,
                                "Whether " + own + " carries what " + licence + " asks for has to be read.");
            case CONFLICTING ->
                Objection.of(
                        ancestor,
                        Weight.FULL,
                        "Models made from one under " + licence + " cannot be under " + own + ".");
        };
    }

    private Optional<Objection> relabelled(Ancestor ancestor, String licence) {
        return Objection.of(
                ancestor,
                Weight.LESSER,
                "It is the same work in another form, which stays under " + licence + "; it declares " + own + ".");
    }

    private Optional<Objection> naming(Ancestor ancestor, String licence) {
        String begin = table.row(licence)
                .map(Licence::nameBegins)
                .map(LicenceReading::letters)
                .orElse("");
        String name = dossier.report().getName();
        boolean named = letters(name.substring(name.lastIndexOf('/') + 1)).startsWith(begin);
        return named || exposure != Exposure.PUBLISHED
                ? Optional.empty()
                : Objection.of(
                        ancestor,
                        Weight.LESSER,
                        licence + " asks that the names of published derivatives begin with "
                                + table.row(licence).map(Licence::nameBegins).orElse("") + ".");
    }

    private boolean isAdapterAlone() {
        return dossier.report().getMatches().stream().anyMatch(match -> ADAPTER.equals(kind(match)));
    }

    private static boolean isUnchanged(Ancestor ancestor) {
        return ancestor.through() == null && ancestor.match().getParent() && UNCHANGED.contains(kind(ancestor.match()));
    }

    private static String kind(LineageMatch match) {
        LineageRelation relation = match.getRelation();
        return relation == null ? "" : relation.getKind();
    }

    private static String name(Ancestor ancestor) {
        return ancestor.match().getModelVersionId();
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
    }
}
