package dev.forebear.alerts.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.readmodel.ConnectedRegistries.ConnectedRegistry;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ListingPurpose;
import dev.forebear.schemas.wire.RegistryStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConnectedRegistriesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    private final ConnectedRegistries registries = new ConnectedRegistries();

    @Test
    void gathersWhatAllProcessesTellOfARegistry() {
        registries.apply(status("mlflow", "ingest-2", NOW));
        registries.apply(status("mlflow", "ingest-1", NOW));
        registries.apply(status("lake", "ingest-1", NOW));

        assertThat(registries.at(NOW)).extracting(ConnectedRegistry::alias).containsExactly("lake", "mlflow");
        assertThat(registries.at(NOW).getLast().processes())
                .extracting(RegistryStatus::getInstance)
                .containsExactly("ingest-1", "ingest-2");
    }

    @Test
    void keepsTheLastWordOfAProcess() {
        registries.apply(status("mlflow", "ingest-1", NOW));
        registries.apply(status("mlflow", "ingest-1", NOW.plusSeconds(5)));

        assertThat(registries.at(NOW).getFirst().processes())
                .extracting(RegistryStatus::getAt)
                .containsExactly(NOW.plusSeconds(5));
    }

    @Test
    void showsHowFarListingsHaveCome() {
        registries.apply(status("mlflow", "ingest-1", NOW));
        registries.apply(listing("mlflow", ListingPurpose.RECONCILIATION, 12));
        registries.apply(listing("mlflow", ListingPurpose.BACKFILL, 400));
        registries.apply(listing("elsewhere", ListingPurpose.BACKFILL, 1));

        assertThat(registries.at(NOW)).singleElement().satisfies(registry -> {
            assertThat(registry.reconciliation()).isNotNull();
            assertThat(registry.reconciliation().getListed()).isEqualTo(12);
            assertThat(registry.backfill()).isNotNull();
            assertThat(registry.backfill().getListed()).isEqualTo(400);
        });
    }

    @Test
    void forgetsWhatHasBeenSilentForADay() {
        registries.apply(status("mlflow", "ingest-1", NOW));

        assertThat(registries.at(NOW.plus(Duration.ofHours(24)))).hasSize(1);
        assertThat(registries.at(NOW.plus(Duration.ofHours(25)))).isEmpty();
    }

    @Test
    void forgetsWhatIsDeleted() {
        registries.apply(status("mlflow", "ingest-1", NOW));
        registries.apply(listing("mlflow", ListingPurpose.BACKFILL, 400));

        registries.forgetListing("mlflow BACKFILL");
        assertThat(registries.at(NOW).getFirst().backfill()).isNull();

        registries.forgetStatus("mlflow ingest-1");
        assertThat(registries.at(NOW)).isEmpty();
    }

    private static RegistryStatus status(String registry, String instance, Instant at) {
        return RegistryStatus.newBuilder()
                .setRegistry(registry)
                .setKind("mlflow")
                .setInstance(instance)
                .setAt(at)
                .setSince(NOW)
                .setAccepted(1)
                .setIgnored(0)
                .setPutAside(0)
                .build();
    }

    private static ListingProgress listing(String registry, ListingPurpose purpose, long listed) {
        return ListingProgress.newBuilder()
                .setRegistry(registry)
                .setPurpose(purpose)
                .setStartedAt(NOW)
                .setUpdatedAt(NOW)
                .setListed(listed)
                .setPublished(0)
                .build();
    }
}
