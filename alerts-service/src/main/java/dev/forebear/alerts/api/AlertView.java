package dev.forebear.alerts.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** An alert in its last state, and what became of telling channels of it. */
record AlertView(@JsonUnwrapped AlertFacts facts, List<ToldView> told) {

    AlertView {
        told = List.copyOf(told);
    }

    static List<AlertView> of(Handle handle, List<AlertFacts> alerts) {
        Map<String, List<ToldView>> told =
                ToldView.of(handle, alerts.stream().map(AlertFacts::id).toList());
        return alerts.stream()
                .map(alert -> new AlertView(alert, Objects.requireNonNullElse(told.get(alert.id()), List.of())))
                .toList();
    }

    String id() {
        return facts.id();
    }
}
