package dev.forebear.ingest.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.RefusalCount;
import dev.forebear.schemas.wire.RegistryStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryTalliesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final List<Registration> REGISTRATIONS = List.of(
            Registration.of("mlflow", RegistryKind.MLFLOW, Secret.of("a"))
                    .askedAt(RegistryApi.of(URI.create("https://mlflow.example.com"), null, List.of())),
            Registration.of("lake", RegistryKind.S3, Secret.of("b")));

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final List<RegistryStatus> told = new CopyOnWriteArrayList<>();
    private final RegistryTallies tallies =
            new RegistryTallies(REGISTRATIONS, "ingest-1", clock::get, told::add, Duration.ofMillis(10));

    @AfterEach
    void close() {
        tallies.close();
    }

    @Test
    void tellsEveryRegistryAtOnceAndHowOftenItIsListed() {
        await().until(() -> told.size() == 2);

        assertThat(told)
                .extracting(RegistryStatus::getRegistry, RegistryStatus::getKind, RegistryStatus::getListedEveryMillis)
                .containsExactlyInAnyOrder(tuple("mlflow", "mlflow", 900_000L), tuple("lake", "s3", null));
    }

    @Test
    void tellsWhatCameWhatWasRefusedAndHowLateTheLastUploadWas() {
        await().until(() -> told.size() == 2);
        var tally = tallies.of("lake");

        tally.accepted(NOW);
        tally.uploaded(NOW.minusMillis(840), NOW);
        tally.ignored(NOW.plusSeconds(1));
        tally.refused("secret-wrong", NOW.plusSeconds(2));
        tally.refused("secret-wrong", NOW.plusSeconds(3));

        await().untilAsserted(() -> assertThat(told.getLast()).satisfies(status -> {
            assertThat(status.getRegistry()).isEqualTo("lake");
            assertThat(status.getInstance()).isEqualTo("ingest-1");
            assertThat(status.getAccepted()).isEqualTo(1);
            assertThat(status.getIgnored()).isEqualTo(1);
            assertThat(status.getLastEventAt()).isEqualTo(NOW.plusSeconds(1));
            assertThat(status.getLagMillis()).isEqualTo(840);
            assertThat(status.getRefused()).containsExactly(new RefusalCount("secret-wrong", 2L, NOW.plusSeconds(3)));
        }));
    }

    @Test
    void isSilentWhileNothingChangesUntilAMinuteHasPassed() {
        await().until(() -> told.size() == 2);
        await().during(Duration.ofMillis(100)).until(() -> told.size() == 2);

        clock.set(NOW.plus(Duration.ofMinutes(1)));

        await().until(() -> told.size() == 4);
        assertThat(told.getLast().getAt()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void countsAClockThatIsAheadAsNoLag() {
        tallies.of("lake").uploaded(NOW.plusSeconds(5), NOW);
        tallies.of("lake").accepted(NOW);

        await().untilAsserted(() -> assertThat(told)
                .anySatisfy(status -> assertThat(status.getLagMillis()).isZero()));
    }

    @Test
    void tellsOfUnknownAliasesOnlyWhenSomethingCameUnderOne() {
        await().until(() -> told.size() == 2);
        assertThat(told).extracting(RegistryStatus::getRegistry).doesNotContain("unknown");

        tallies.strangers().refused("unknown-alias", NOW);

        await().untilAsserted(() -> assertThat(told.getLast()).satisfies(status -> {
            assertThat(status.getRegistry()).isEqualTo("unknown");
            assertThat(status.getRefused()).containsExactly(new RefusalCount("unknown-alias", 1L, NOW));
        }));
    }

    @Test
    void knowsOnlyConnectedRegistries() {
        assertThatThrownBy(() -> tallies.of("elsewhere")).hasMessageContaining("elsewhere");
    }
}
