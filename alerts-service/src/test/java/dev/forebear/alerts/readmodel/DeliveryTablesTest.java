package dev.forebear.alerts.readmodel;

import static dev.forebear.alerts.Reports.UPLOADED;
import static dev.forebear.alerts.readmodel.Samples.alert;
import static dev.forebear.alerts.readmodel.Samples.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.ToldAlert;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTablesTest {

    @TempDir
    Path folder;

    private Instant now = UPLOADED.plusSeconds(60);
    private Filled filled;

    @BeforeEach
    void open() {
        filled = new Filled(folder, () -> now);
    }

    @AfterEach
    void close() {
        filled.close();
    }

    @Test
    void settlesADebtWhicheverIsReadFirst() {
        filled.put(
                delivery("m1", "slack", DeliveryOutcome.DELIVERED, 1, told(1)).build());
        filled.put(owedTo(1));
        assertThat(filled.list("SELECT channel FROM owed")).containsExactly("mail");

        filled.put(delivery("m2", "mail", DeliveryOutcome.FAILED, 1, told(1)).build());
        assertThat(filled.list("SELECT channel FROM owed")).isEmpty();
    }

    @Test
    void owesTheNextRevisionAgain() {
        filled.put(
                delivery("m1", "slack", DeliveryOutcome.DELIVERED, 1, told(1)).build());
        filled.put(owedTo(2));

        assertThat(filled.list("SELECT channel FROM owed")).containsExactly("mail", "slack");
    }

    @Test
    void doesNotSettleWhatIsTriedAgain() {
        filled.put(owedTo(1));
        filled.put(delivery("m1", "slack", DeliveryOutcome.RETRYING, 1, told(1)).build());

        assertThat(filled.list("SELECT channel FROM owed")).containsExactly("mail", "slack");
    }

    @Test
    void neverUnsettlesADelivery() {
        filled.put(
                delivery("m1", "slack", DeliveryOutcome.DELIVERED, 1, told(1)).build());
        filled.put(delivery("m1", "slack", DeliveryOutcome.RETRYING, 2, told(1)).build());

        assertThat(filled.list("SELECT settled FROM delivery_alert")).containsExactly("1");
        assertThat(filled.list("SELECT outcome FROM delivery WHERE last = 1")).containsExactly("delivered");
    }

    @Test
    void owesNothingThatIsOlderThanTheDeliveriesRememberedAre() {
        filled.put(owedTo(1));
        now = UPLOADED.plus(Duration.ofDays(91));
        filled.model().statements().transact(() -> filled.owed().lapse());
        assertThat(filled.list("SELECT channel FROM owed")).isEmpty();

        filled.put(owedTo(1));
        assertThat(filled.list("SELECT channel FROM owed")).isEmpty();
    }

    @Test
    void readsTheDeliveriesOfFormerVersions() {
        filled.put(delivery("", "slack", DeliveryOutcome.DELIVERED, 1)
                .setAlertId("al_1")
                .build());

        assertThat(filled.list("SELECT message_id FROM delivery")).containsExactly("al_1/slack/open");
        assertThat(filled.list("SELECT alert_id FROM delivery_alert")).containsExactly("al_1");
    }

    private static LineageAlert owedTo(int revision) {
        return alert("al_1")
                .setRevision(revision)
                .setRoutes(List.of("mail", "slack"))
                .build();
    }

    private static ToldAlert told(int revision) {
        return new ToldAlert("al_1", revision, AlertState.OPEN);
    }
}
