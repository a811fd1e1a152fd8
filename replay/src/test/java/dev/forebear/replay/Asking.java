package dev.forebear.replay;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.replay.audit.AuditedModel;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.Viewpoint;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Asks for replays as tests do: by the standard policy, at a fixed time. */
final class Asking {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final Policy POLICY = PolicyFile.standard();

    private Asking() {}

    static Replays connect(WireConfig wire) {
        return Replays.connect(wire, () -> NOW);
    }

    static ReplayRequest all() {
        return of(Selection.all());
    }

    static ReplayRequest of(Selection selection) {
        return new ReplayRequest(selection, Viewpoint.AS_OF_NOW, POLICY, "standard", "ana");
    }

    static ReplayRequest asOf(Viewpoint viewpoint) {
        return new ReplayRequest(Selection.all(), viewpoint, POLICY, "standard", "ana");
    }

    static List<AuditedModel> models(WireConfig wire, ReplayRequest request) throws IOException, InterruptedException {
        try (Replays replays = connect(wire);
                ReplayOutcome outcome = replays.run(request, Pace.of(2), ReplayWatch.NOBODY, replay -> {});
                Stream<AuditedModel> models = outcome.audit().models()) {
            return models.toList();
        }
    }

    static AuditedModel modelOf(String name, List<AuditedModel> models) {
        return models.stream()
                .filter(model -> model.upload().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<String> names(List<AuditedModel> models) {
        return models.stream().map(model -> model.upload().getName()).toList();
    }
}
