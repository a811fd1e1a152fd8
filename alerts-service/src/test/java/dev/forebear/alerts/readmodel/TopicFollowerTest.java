package dev.forebear.alerts.readmodel;

import static dev.forebear.alerts.readmodel.Samples.alert;
import static dev.forebear.alerts.readmodel.Samples.delivery;
import static dev.forebear.alerts.readmodel.Samples.fingerprint;
import static dev.forebear.alerts.readmodel.Samples.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.alerts.Reports;
import dev.forebear.alerts.Wire;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.ToldAlert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicFollowerTest {

    private static final String ID = "internal/helios-7b@v4";

    @TempDir
    static Path data;

    static Wire broker;

    @TempDir
    Path folder;

    private WireConfig wire;

    @BeforeAll
    static void startBroker() {
        broker = new Wire(data);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        wire = broker.create("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
    }

    @Test
    void followsAnUploadFromReceiptToReport() throws Exception {
        try (var followed = FollowedReadModel.open(broker, wire, folder)) {
            followed.write(
                    Topics.MODEL_UPLOADS, "internal/helios-7b", upload(ID, "e1").build());
            assertThat(progress(followed)).isEqualTo("received");
            followed.write(Topics.MODEL_FINGERPRINTS, ID, fingerprint(ID, "e1").build());
            assertThat(progress(followed)).isEqualTo("fingerprinted");
            followed.write(Topics.LINEAGE_REPORTS, ID, Reports.of("helios-7b@v4", Reports.base("basalt")));
            assertThat(progress(followed)).isEqualTo("analysed");
            assertThat(list(followed, "SELECT base_id FROM match")).containsExactly("hub/basalt@main");
        }
    }

    @Test
    void goesOnWhereItsFileEnded() throws Exception {
        try (var followed = FollowedReadModel.open(broker, wire, folder)) {
            followed.write(
                    Topics.MODEL_UPLOADS, "internal/helios-7b", upload(ID, "e1").build());
        }
        broker.write(
                wire,
                Topics.MODEL_UPLOADS,
                "internal/other",
                upload("internal/other@1", "e2").build());
        Set<String> told = ConcurrentHashMap.newKeySet();
        try (var model = ReadModel.open(folder.resolve("alerts.db"))) {
            model.onChange(told::addAll);
            assertThat(list(model, "SELECT id FROM model_version")).containsExactly(ID);
            try (var follower = TopicFollower.start(wire.kafka(), broker.schemas(), model)) {
                assertThat(follower.catchUp(Duration.ofSeconds(30))).isTrue();
                assertThat(follower.problem()).isEmpty();
            }
            assertThat(told).containsExactly("model-uploads");
        }
    }

    @Test
    void owesAnAlertUntilADeliverySettlesIt() throws Exception {
        try (var followed = FollowedReadModel.open(broker, wire, folder)) {
            var open = alert("al_1").setRoutes(List.of("slack", "mail"));
            followed.write(Topics.LINEAGE_ALERTS, "al_1", open.build());
            assertThat(list(followed, "SELECT channel FROM owed ORDER BY channel"))
                    .containsExactly("mail", "slack");
            var told = new ToldAlert("al_1", 1, AlertState.OPEN);
            followed.write(
                    Topics.ALERT_DELIVERIES,
                    "slack",
                    delivery("m1", "slack", DeliveryOutcome.RETRYING, 1, told).build());
            assertThat(list(followed, "SELECT channel FROM owed")).hasSize(2);
            followed.write(
                    Topics.ALERT_DELIVERIES,
                    "slack",
                    delivery("m1", "slack", DeliveryOutcome.DELIVERED, 2, told).build());
            assertThat(list(followed, "SELECT channel FROM owed")).containsExactly("mail");
            followed.write(Topics.LINEAGE_ALERTS, "al_1", open.setRevision(2).build());
            assertThat(list(followed, "SELECT channel FROM owed")).hasSize(2);
        }
    }

    @Test
    void readsOneRecordByItsPlace() throws Exception {
        try (var records = new Records(wire.kafka(), broker.schemas())) {
            var report = Reports.of("helios-7b@v4", Reports.base("basalt"));
            var place = broker.write(wire, Topics.LINEAGE_REPORTS, ID, report);
            assertThat(records.at(Topics.LINEAGE_REPORTS, place.partition(), place.offset()))
                    .isEqualTo(report);
            assertThatThrownBy(() -> records.at(Topics.LINEAGE_REPORTS, place.partition(), 17))
                    .hasMessageContaining("@17: no longer there");
        }
    }

    @Test
    void letsNobodyElseWrite() throws Exception {
        try (var followed = FollowedReadModel.open(broker, wire, folder)) {
            followed.catchUp();
            assertThatThrownBy(() ->
                            followed.model().queries().useHandle(handle -> handle.execute("DELETE FROM model_version")))
                    .isInstanceOf(JdbiException.class)
                    .hasMessageContaining("readonly");
        }
    }

    private static String progress(FollowedReadModel followed) {
        return list(followed, "SELECT progress FROM model_version").getFirst();
    }

    private static List<String> list(FollowedReadModel followed, String sql) {
        return list(followed.model(), sql);
    }

    private static List<String> list(ReadModel model, String sql) {
        return model.queries()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
