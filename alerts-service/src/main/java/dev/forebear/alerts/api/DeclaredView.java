package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.DeclaredBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A base that somebody declared. */
record DeclaredView(String name, @Nullable String relation, String source, String strength) {

    static List<DeclaredView> of(List<DeclaredBase> bases) {
        return bases.stream()
                .map(base -> new DeclaredView(
                        base.getName(), base.getRelation(), base.getSource(), Json.word(base.getStrength())))
                .toList();
    }
}
