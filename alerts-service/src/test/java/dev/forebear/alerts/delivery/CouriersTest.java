package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.alerts.Receiver;
import dev.forebear.alerts.Reports;
import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.alerts.projection.ReportEntry;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Severity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CouriersTest {

    private static final int PARTITION = 2;
    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMillis(400));

    private final Projection projection = new Projection();
    private final List<AlertDelivery> written = new CopyOnWriteArrayList<>();
    private final List<String> givenUp = new CopyOnWriteArrayList<>();
    private Receiver receiver;
    private Couriers couriers;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
        projection.apply(new ReportEntry(Reports.of("helios-7b@v4"), PARTITION, 0));
        couriers = couriers(webhook("first", receiver.url(), Severity.LOW));
        couriers.takeOver(List.of(PARTITION));
    }

    @AfterEach
    void close() {
        couriers.close();
        receiver.close();
    }

    @Test
    void tellsEveryStateOnceHoweverOftenItIsAsked() {
        AlertEntry entry = known(Alerts.alert(), 0);
        couriers.deliver(entry);
        couriers.deliver(entry);
        couriers.deliver(known(Alerts.alert().setExplanation("Said in other words."), 1));
        couriers.deliver(known(Alerts.alert().setAlertId("al_last"), 0));

        await().until(() -> written.size() == 2);
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void failsWhenTheBudgetIsSpentAndPutsTheAlertAside() {
        for (int i = 0; i < 100; i++) {
            receiver.answers(500);
        }
        couriers.deliver(known(Alerts.alert(), 0));

        await().until(() -> outcomes().contains(DeliveryOutcome.FAILED));
        assertThat(outcomes()).containsSubsequence(DeliveryOutcome.RETRYING, DeliveryOutcome.FAILED);
        assertThat(written).extracting(AlertDelivery::getAttempt).isSorted().doesNotHaveDuplicates();
        assertThat(givenUp).containsExactly("channel first was not told: 500");
    }

    @Test
    void waitsAsLongAsTheChannelAsks() {
        receiver.answers(429, Map.of("Retry-After", "1"), "");
        couriers = couriers(
                new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1)),
                webhook("patient", receiver.url(), Severity.LOW));
        couriers.takeOver(List.of(PARTITION));
        couriers.deliver(known(Alerts.alert(), 0));

        await().until(() -> outcomes().contains(DeliveryOutcome.DELIVERED));
        assertThat(Duration.between(written.get(0).getAt(), written.get(1).getAt()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void letsNoChannelWaitForAnother() throws IOException {
        try (var silent = new ServerSocket(0)) {
            couriers = couriers(
                    webhook("silent", URI.create("http://127.0.0.1:" + silent.getLocalPort()), Severity.LOW),
                    webhook("quick", receiver.url(), Severity.LOW));
            couriers.takeOver(List.of(PARTITION));
            couriers.deliver(known(Alerts.alert(), 0));

            await().until(() -> !receiver.requests().isEmpty());
            assertThat(written).extracting(AlertDelivery::getChannel).doesNotContain("silent");
        }
    }

    @Test
    void tellsTheEndOnlyToWhomTheBeginningWasTold() {
        LineageAlert resolved = Alerts.alert().setState(AlertState.RESOLVED).build();
        couriers.deliver(known(Alerts.alert().setState(AlertState.RESOLVED), 0));
        couriers.deliver(known(Alerts.alert().setAlertId("al_other"), 0));

        await().until(() -> written.size() == 1);
        assertThat(written).extracting(AlertDelivery::getAlertId).doesNotContain(resolved.getAlertId());
    }

    @Test
    void owesAnAlertToChannelsOfItsSeverityAndRules() {
        couriers = couriers(
                webhook("all", receiver.url(), Severity.LOW), webhook("urgent", receiver.url(), Severity.CRITICAL));

        assertThat(couriers.owed(Alerts.alert().build()).channels()).containsExactly("all");
        assertThat(couriers.owed(
                                Alerts.alert().setState(AlertState.ACKNOWLEDGED).build())
                        .channels())
                .isEmpty();
    }

    @Test
    void deliversNothingOfPartitionsItWasNotGiven() throws InterruptedException {
        couriers.giveBack(List.of(PARTITION));
        couriers.deliver(known(Alerts.alert(), 0));
        couriers.takeOver(List.of(PARTITION));

        await().until(() -> written.size() == 1);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void takesOverWhatIsStillOwedButNothingFromLongAgo() {
        known(Alerts.alert(), 0);
        known(
                Alerts.alert()
                        .setAlertId("al_ancient")
                        .setUpdatedAt(Instant.now().minus(Couriers.HORIZON).minusSeconds(1)),
                0);
        couriers.takeOver(List.of(PARTITION));

        await().until(() -> !written.isEmpty());
        couriers.close();
        assertThat(written).extracting(AlertDelivery::getAlertId).containsExactly("al_5f0c2a1b9d3e4f60");
    }

    private AlertEntry known(LineageAlert.Builder builder, long offset) {
        LineageAlert alert = builder.build();
        projection.apply(AlertEntry.of(alert, couriers.owed(alert), 0, offset));
        return projection.alert(alert.getAlertId());
    }

    private List<DeliveryOutcome> outcomes() {
        return written.stream().map(AlertDelivery::getOutcome).toList();
    }

    private Couriers couriers(Channel... channels) {
        return couriers(QUICK, channels);
    }

    private Couriers couriers(RetryPolicy retry, Channel... channels) {
        if (couriers != null) {
            couriers.close();
        }
        return new Couriers(
                List.of(channels),
                URI.create("http://127.0.0.1:8080"),
                projection,
                new Log(),
                retry,
                new SimpleMeterRegistry());
    }

    private static Channel webhook(String name, URI url, Severity minimum) {
        return new Webhook(
                new Terms(name, new Audience(minimum, Set.of(), Set.of(), Set.of()), Timing.Immediate.standard(), null),
                url,
                new WebhookSigner(Secret.of("whsec_m5WQVds3LX/JjlSgclm0LRRkB+LZCabS")),
                new HttpPost(Duration.ofSeconds(2)),
                Instant::now);
    }

    /** Applies what is written, as the service does, and keeps it for the test. */
    private final class Log implements DeliveryLog {

        @Override
        public void record(AlertDelivery delivery) {
            projection.apply(delivery);
            written.add(delivery);
        }

        @Override
        public void giveUp(AlertEntry entry, String message, int attempts) {
            givenUp.add(message);
        }
    }
}
