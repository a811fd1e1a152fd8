package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private static final Duration OFTEN = Duration.ofMillis(5);

    @Test
    void tellsOfAReadAndThenOfItsEndUnderOneKey() {
        try (var site = new WorkerSite(1);
                var publisher = new Publisher(site.kafka(), site.registry());
                var readings = new Readings(publisher::tell, InstantSource.system(), Duration.ZERO, OFTEN)) {
            try (var read = readings.fingerprint("internal/base@1")) {
                read.read(10, 40);
                await().until(() -> !site.readRecords().isEmpty());
            }
            await().until(() -> site.readRecords().getLast().value() == null);

            assertThat(site.readRecords())
                    .allSatisfy(record -> assertThat(record.key()).isEqualTo("FINGERPRINT internal/base@1"));
            assertThat(site.read(site.readRecords().getFirst()).getModelVersionId())
                    .isEqualTo("internal/base@1");
        }
    }
}
