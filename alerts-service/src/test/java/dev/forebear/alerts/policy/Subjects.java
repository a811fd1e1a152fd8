package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Subjects of policies, for tests. */
final class Subjects {

    private Subjects() {}

    /** A report's matches and what lies above them. */
    static Subject with(LineageReport report, String visibility, Ancestor... above) {
        List<Ancestor> ancestors = new ArrayList<>(Subject.of(report).ancestors());
        ancestors.addAll(List.of(above));
        return new Subject(report, visibility, null, ancestors, Set.of());
    }

    /** A grandparent that the report on a parent names. */
    static Ancestor above(LineageMatch match, int depth, String through) {
        return new Ancestor(match, depth, Ancestor.Way.STEPS, through);
    }

    static LineageRelation relation(String kind) {
        return new LineageRelation(kind, "", List.of());
    }
}
