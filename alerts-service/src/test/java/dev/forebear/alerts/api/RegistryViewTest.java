package dev.forebear.alerts.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.readmodel.ConnectedRegistries.ConnectedRegistry;
import dev.forebear.schemas.wire.RefusalCount;
import dev.forebear.schemas.wire.RegistryStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegistryViewTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    @Test
    void addsUpWhatTheProcessesCounted() {
        var view = view(
                status(NOW, NOW.minusSeconds(60), 3L, new RefusalCount("secret-wrong", 2L, NOW.minusSeconds(9))),
                status(
                        NOW,
                        NOW.minusSeconds(30),
                        40L,
                        new RefusalCount("secret-wrong", 1L, NOW),
                        new RefusalCount("too-large", 1L, NOW)));

        assertThat(view.state()).isEqualTo("live");
        assertThat(view.processes()).isEqualTo(2);
        assertThat(view.accepted()).isEqualTo(10);
        assertThat(view.refusedTotal()).isEqualTo(4);
        assertThat(view.refused())
                .containsExactly(
                        new RegistryView.RefusalView("secret-wrong", 3, NOW.toString()),
                        new RegistryView.RefusalView("too-large", 1, NOW.toString()));
    }

    @Test
    void takesTheLagOfTheLastEvent() {
        var view = view(status(NOW, NOW.minusSeconds(60), 3L), status(NOW, NOW.minusSeconds(30), 40L));

        assertThat(view.lastEventAt()).isEqualTo(NOW.minusSeconds(30).toString());
        assertThat(view.lagMillis()).isEqualTo(40);
    }

    @Test
    void isSilentWhenNoProcessHasToldAnythingForThreeMinutes() {
        assertThat(view(status(NOW.minusSeconds(180), null, null)).state()).isEqualTo("live");
        assertThat(view(status(NOW.minusSeconds(181), null, null)).state()).isEqualTo("silent");
    }

    private static RegistryView view(RegistryStatus... processes) {
        return RegistryView.of(new ConnectedRegistry("mlflow", List.of(processes), null, null), NOW, 0);
    }

    private static RegistryStatus status(
            Instant at, @Nullable Instant lastEventAt, @Nullable Long lag, RefusalCount... refused) {
        return RegistryStatus.newBuilder()
                .setRegistry("mlflow")
                .setKind("mlflow")
                .setInstance("ingest-1")
                .setAt(at)
                .setSince(at)
                .setLastEventAt(lastEventAt)
                .setLagMillis(lag)
                .setAccepted(5)
                .setIgnored(0)
                .setPutAside(0)
                .setRefused(List.of(refused))
                .build();
    }
}
