package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageReport;
import java.util.List;

/** All that the rules of a policy look at of one model version. */
final class Dossier {

    private final Subject subject;
    private final Placement placement;

    Dossier(Subject subject, Placement placement) {
        this.subject = subject;
        this.placement = placement;
    }

    LineageReport report() {
        return subject.report();
    }

    Placement placement() {
        return placement;
    }

    /** Ancestors whose weights prove that one was made from the other, the nearest first. */
    List<Ancestor> proven() {
        return subject.ancestors().stream()
                .filter(ancestor -> Proof.isProven(ancestor.match()))
                .toList();
    }

    /** Of the proven ones those that the report on the model itself names. */
    List<Ancestor> provenByReport() {
        return proven().stream().filter(ancestor -> ancestor.through() == null).toList();
    }
}
