package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.ReadPurpose;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingsTest {

    private static final Duration OFTEN = Duration.ofMillis(5);

    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());

    private record Told(String key, @Nullable ReadInProgress state) {}

    @Test
    void tellsOfALongReadUntilItEnds() {
        try (var readings = readings(Duration.ZERO)) {
            try (var read = readings.fingerprint("internal/base@1")) {
                read.read(10, 40);
                await().until(() -> !told.isEmpty());
                assertThat(readings.size()).isOne();
                read.read(30, 40);
                await().until(() -> last().state() instanceof ReadInProgress state && state.getBytesRead() == 30);
            }
            assertThat(readings.size()).isZero();
            await().until(() -> last().state() == null);
        }
        assertThat(told).extracting(Told::key).containsOnly("FINGERPRINT internal/base@1");
        assertThat(told.getFirst().state()).isNotNull().satisfies(state -> {
            assertThat(state.getPurpose()).isEqualTo(ReadPurpose.FINGERPRINT);
            assertThat(state.getBytesPlanned()).isEqualTo(40);
        });
    }

    @Test
    void tellsHowManyRelativesAConfirmationHasComeThrough() {
        try (var readings = readings(Duration.ZERO);
                var read = readings.confirmation("internal/child@1", 12)) {
            read.compared(3, 77);
            await().until(() -> !told.isEmpty());
        }
        assertThat(told.getFirst().state()).isNotNull().satisfies(state -> {
            assertThat(state.getRelativesCompared()).isEqualTo(3);
            assertThat(state.getRelatives()).isEqualTo(12);
            assertThat(state.getBytesRead()).isEqualTo(77);
            assertThat(state.getBytesPlanned()).isNull();
        });
    }

    @Test
    void saysNothingOfAReadThatIsSoonOver() {
        try (var readings = readings(Duration.ofHours(1))) {
            readings.fingerprint("internal/short@1").close();
            readings.fingerprint("internal/other@1").close();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void goesOnTellingAfterABrokerDidNotAnswer() {
        var attempts = new AtomicInteger();
        Readings.Teller deaf = (key, state) -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("no broker");
        };
        try (var readings = new Readings(deaf, InstantSource.system(), Duration.ZERO, OFTEN);
                var read = readings.fingerprint("internal/base@1")) {
            await().until(() -> attempts.get() > 2);
        }
    }

    private Readings readings(Duration patience) {
        return new Readings((key, state) -> told.add(new Told(key, state)), InstantSource.system(), patience, OFTEN);
    }

    private Told last() {
        return told.getLast();
    }
}
