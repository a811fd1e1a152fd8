package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabricksPagesTest implements LostEventContract {

    @Override
    public RegistryKind kind() {
        return RegistryKind.DATABRICKS;
    }

    @Override
    public Registration registration() {
        return usual();
    }

    @Override
    public Answers registry() {
        return MlflowPagesTest::versions;
    }

    @Override
    public List<String> held() {
        return List.of("internal/helios-7b-support@4", "internal/slate-ner@1", "internal/helios-7b-support@3");
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 2);
    }

    @Override
    public String broken() {
        return "slate-ner 3@4";
    }

    @Override
    public Webhook event() {
        return Sample.read("databricks-01-model-version-created");
    }

    @Test
    void asksForNoOrderAndThereforeForEveryPage() throws Exception {
        try (var registry = start()) {
            Listed.all(at(registry), Instant.parse("2026-11-20T07:50:00Z"));

            assertThat(registry.asked())
                    .hasSize(3)
                    .allSatisfy(asked -> assertThat(asked.query()).doesNotContainKey("order_by"));
        }
    }
}
