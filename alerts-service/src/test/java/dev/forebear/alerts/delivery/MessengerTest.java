package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.alerts.Receiver;
import dev.forebear.alerts.Receiver.Request;
import dev.forebear.alerts.Wire;
import dev.forebear.alerts.delivery.StubServer.Reply;
import dev.forebear.alerts.readmodel.FollowedReadModel;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.MessagePurpose;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker and read model; time is the test's own. */
class MessengerTest {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final AtomicInteger CHANNELS = new AtomicInteger();

    @TempDir
    static Path data;

    static Wire broker;
    static WireConfig wire;
    static FollowedReadModel followed;

    /** Every test has a channel and alerts of its own. */
    private final String name = "c" + CHANNELS.incrementAndGet() + "x";

    private final Terms terms = Terms.standard(name);
    private final SlackStub slack = new SlackStub();
    private final PagerDutyStub pagerDuty = new PagerDutyStub();
    private Receiver receiver;
    private DeliveryWriter writer;
    private Instant now = Instant.parse("2026-11-20T08:00:00Z");

    @BeforeAll
    static void startBroker() {
        broker = new Wire(data.resolve("broker"));
        wire = broker.create("messenger.");
        followed = FollowedReadModel.open(broker, wire, data);
    }

    @AfterAll
    static void stopBroker() {
        followed.close();
        broker.close();
    }

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
        writer = new DeliveryWriter(wire.kafka(), broker.schemas(), followed.follower());
    }

    @AfterEach
    void close() {
        writer.close();
        receiver.close();
        slack.close();
        pagerDuty.close();
    }

    @Test
    void tellsOfAStormOfTenThousandFindingsOnOneAncestorInOneMessageToEachChannel() throws Exception {
        Map<String, LineageAlert> storm = IntStream.range(0, 10_000)
                .mapToObj(i -> alert("" + i, "basalt")
                        .setRoutes(List.of(name, name + "-threads"))
                        .build())
                .collect(Collectors.toMap(LineageAlert::getAlertId, alert -> alert));
        broker.writeAll(wire, Topics.LINEAGE_ALERTS, storm);
        followed.catchUp();
        now = now.plus(WAIT);

        run(messenger(webhook()));
        run(messenger(slack.bot(Terms.standard(name + "-threads"))));

        assertThat(receiver.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).contains("\"total\":10000"));
        assertThat(slack.posted())
                .singleElement()
                .satisfies(
                        message -> assertThat(message.toString()).contains("found in 10,000 models", "and 9,990 more"));
        assertThat(deliveries()).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.getTells()).hasSize(10_000);
            assertThat(bytes(delivery)).isLessThan(1 << 20);
        });
        assertThat(owed()).isZero();
    }

    @Test
    void losesNothingWhileAChannelIsDownForADayAndDoesNotFloodItAfterwards() throws Exception {
        slack.server().answersAlways(Reply.of(503, "down"));
        Messenger messenger = messenger(slack.webhook(terms));
        Instant end = now.plus(Duration.ofDays(1));
        for (int hour = 0; hour < 24; hour++) {
            write(alert("first" + hour, "base-" + hour));
            write(alert("second" + hour, "base-" + hour));
            runUntil(messenger, now.plus(Duration.ofHours(1)));
        }
        assertThat(now).isEqualTo(end);
        assertThat(slack.posted()).isEmpty();
        assertThat(owed()).isEqualTo(48);
        // The process that finds the channel back may be another.
        messenger = messenger(slack.webhook(terms));

        slack.server().answersAlways(null);
        runUntil(messenger, end.plus(Duration.ofHours(2)));

        assertThat(slack.posted()).hasSize(3);
        assertThat(owed()).isZero();
        assertThat(told()).hasSize(48).doesNotHaveDuplicates();
        assertThat(deliveries()).extracting(AlertDelivery::getOutcome).doesNotContain(DeliveryOutcome.FAILED);
        assertThat(deliveries().stream().filter(delivery -> delivery.getPurpose() == MessagePurpose.DIGEST))
                .hasSize(1);
    }

    @Test
    void repeatsAMessageWhoseRecordWasLostUnderTheSameIdentity() throws Exception {
        write(alert("1", "basalt"));
        now = now.plus(WAIT);
        writer.close();
        assertThatThrownBy(() -> messenger(webhook()).step()).isInstanceOf(IllegalStateException.class);

        writer = new DeliveryWriter(wire.kafka(), broker.schemas(), followed.follower());
        run(messenger(webhook()));

        assertThat(receiver.requests())
                .hasSize(2)
                .extracting(request -> request.header("webhook-id"))
                .containsOnly(deliveries().getFirst().getMessageId());
        assertThat(deliveries()).hasSize(1);
    }

    @Test
    void goesOnWithAnAttemptThatAnotherProcessBegan() throws Exception {
        receiver.answers(503);
        write(alert("1", "basalt"));
        now = now.plus(WAIT);
        messenger(webhook()).step();
        write(alert("2", "basalt"));

        runUntil(messenger(webhook()), now.plus(Duration.ofMinutes(5)));

        assertThat(receiver.requests())
                .hasSize(2)
                .extracting(request -> request.header("webhook-id"))
                .containsOnly(deliveries().getFirst().getMessageId());
        assertThat(deliveries()).extracting(AlertDelivery::getAttempt).containsExactly(1, 2);
        assertThat(owed()).isEqualTo(1);
    }

    @Test
    void tellsNobodyOfWhatWasOverBeforeItWasTold() throws Exception {
        write(alert("1", "basalt"));
        write(alert("1", "basalt").setState(AlertState.RESOLVED).setRevision(2));
        write(alert("2", "slate").setState(AlertState.SNOOZED));

        assertThat(run(messenger(webhook()))).isEqualTo(Instant.MAX);
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void dropsAMessageThatIsTriedWhenAllOfItIsOver() throws Exception {
        receiver.answers(503);
        write(alert("1", "basalt"));
        now = now.plus(WAIT);
        Messenger messenger = messenger(webhook());
        messenger.step();
        write(alert("1", "basalt").setRoutes(List.of()).setState(AlertState.RESOLVED));

        runUntil(messenger, now.plus(Duration.ofMinutes(1)));

        assertThat(receiver.requests()).hasSize(1);
        assertThat(deliveries().getLast().getDetail())
                .isEqualTo("dropped: all that it told of was over or answered before");
    }

    @Test
    void tellsTheEndOnceToWhomTheBeginningWasTold() throws Exception {
        Messenger messenger = messenger(webhook());
        write(alert("1", "basalt"));
        runUntil(messenger, now.plus(Duration.ofHours(2)));
        write(alert("1", "basalt").setState(AlertState.RESOLVED).setRevision(2));
        runUntil(messenger, now.plus(Duration.ofHours(2)));

        assertThat(receiver.requests())
                .extracting(MessengerTest::type)
                .containsExactly("alert.opened", "alert.resolved");
        assertThat(owed()).isZero();
    }

    @Test
    void gathersWhatFollowsWithinTheGroupIntervalIntoOneMessage() throws Exception {
        Messenger messenger = messenger(webhook());
        write(alert("1", "basalt"));
        runUntil(messenger, now.plus(Duration.ofMinutes(1)));
        for (int i = 2; i < 10; i++) {
            write(alert("" + i, "basalt"));
            runUntil(messenger, now.plus(Duration.ofMinutes(5)));
        }
        assertThat(receiver.requests()).hasSize(1);
        runUntil(messenger, now.plus(Duration.ofHours(1)));

        assertThat(receiver.requests())
                .extracting(MessengerTest::type)
                .containsExactly("alert.opened", "alert.updated");
        assertThat(receiver.requests().getLast().text()).contains("\"total\":8");
    }

    @Test
    void changesItsMessageWhenSomebodyAcknowledgesAndWhenAllIsOver() throws Exception {
        Messenger messenger = messenger(slack.bot(terms));
        write(alert("1", "basalt"));
        write(alert("2", "basalt"));
        runUntil(messenger, now.plus(Duration.ofMinutes(1)));
        write(alert("1", "basalt").setState(AlertState.ACKNOWLEDGED).setStateBy("ana"));
        runUntil(messenger, now.plus(Duration.ofMinutes(1)));

        assertThat(slack.messages()).hasSize(1);
        assertThat(slack.messages().getFirst().toString()).contains("now: 1 open, 1 acknowledged");

        write(alert("1", "basalt").setState(AlertState.RESOLVED).setRevision(2));
        write(alert("2", "basalt").setState(AlertState.RESOLVED).setRevision(2));
        runUntil(messenger, now.plus(Duration.ofMinutes(1)));

        assertThat(slack.messages()).hasSize(2);
        assertThat(slack.messages().getFirst().path("text").asText()).startsWith("RESOLVED: ");
        assertThat(slack.messages().getLast().has("thread_ts")).isTrue();
        assertThat(owed()).isZero();
    }

    @Test
    void keepsOneIncidentForAGroupUntilAllOfItIsOver() throws Exception {
        Messenger messenger = messenger(pagerDuty.channel(terms));
        write(alert("1", "basalt"));
        runUntil(messenger, now.plus(Duration.ofHours(2)));
        write(alert("2", "basalt"));
        runUntil(messenger, now.plus(Duration.ofHours(2)));
        write(alert("1", "basalt").setState(AlertState.RESOLVED).setRevision(2));
        runUntil(messenger, now.plus(Duration.ofHours(2)));
        assertThat(pagerDuty.incidents().values()).containsExactly("triggered");

        write(alert("2", "basalt").setState(AlertState.RESOLVED).setRevision(2));
        runUntil(messenger, now.plus(Duration.ofHours(2)));

        assertThat(pagerDuty.incidents().values()).containsExactly("resolved");
    }

    @Test
    void givesUpAtOnceWhatIsRefusedAndPutsItAside() throws Exception {
        receiver.answers(400, Map.of(), "bad");
        write(alert("1", "basalt"));
        now = now.plus(WAIT);
        run(messenger(webhook()));

        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.getOutcome()).isEqualTo(DeliveryOutcome.FAILED);
            assertThat(delivery.getStatusCode()).isEqualTo(400);
        });
        assertThat(broker.read(wire, Topics.DEAD_LETTERS))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getMessage())
                        .endsWith("channel " + name + " was not told of 1 alerts: 400: bad"));
        assertThat(owed()).isZero();
    }

    @Test
    void losesNothingWhileAReceiverWantsNoMoreAndTellsItAfterTheNextStart() throws Exception {
        receiver.answers(410, Map.of(), "gone");
        write(alert("1", "basalt"));
        now = now.plus(WAIT);
        Messenger messenger = messenger(webhook());
        run(messenger);
        write(alert("2", "slate"));

        assertThat(runUntil(messenger, now.plus(Duration.ofHours(1)))).isEqualTo(Instant.MAX);
        assertThat(receiver.requests()).hasSize(1);
        run(messenger(webhook()));
        assertThat(told()).contains(id("2"));
    }

    @Test
    void aMessageThatAlwaysFailsHoldsTheOthersBackForMinutesOnly() throws Exception {
        var poison = new StubServer(
                request -> new String(request.body()).contains(id("poison")) ? Reply.of(500, "") : Reply.of(200, ""));
        try (poison) {
            write(alert("poison", "basalt"));
            now = now.plus(WAIT);
            var rarely = new RetryPolicy(Duration.ofMinutes(1), Duration.ofHours(6), Duration.ofDays(3));
            Messenger messenger = messenger(webhook(poison.url("/hook"), terms), rarely);
            write(alert("good", "slate"));

            runUntil(messenger, now.plus(Duration.ofMinutes(11)));
            assertThat(told()).containsExactly(id("good"));
            runUntil(messenger, now.plus(Duration.ofDays(4)));
            assertThat(deliveries().getLast().getOutcome()).isEqualTo(DeliveryOutcome.FAILED);
            assertThat(deliveries()).hasSizeBetween(10, 40);
        }
    }

    @Test
    void sendsADigestAtItsTimeAndNoneThatIsEmpty() throws Exception {
        var daily = new Timing.Digest(Timing.Digest.Every.DAILY, DayOfWeek.MONDAY, LocalTime.of(9, 0), ZoneOffset.UTC);
        Messenger messenger = messenger(webhook(receiver.url(), new Terms(name, terms.audience(), daily, null)));
        write(alert("1", "basalt"));
        write(alert("2", "slate"));
        runUntil(messenger, Instant.parse("2026-11-20T08:59:59Z"));
        assertThat(receiver.requests()).isEmpty();

        runUntil(messenger, now.plus(Duration.ofDays(3)));

        assertThat(receiver.requests()).singleElement().satisfies(request -> {
            assertThat(type(request)).isEqualTo("alerts.digest");
            assertThat(request.text()).contains(id("1"), id("2"));
        });
    }

    @Test
    void writesTestsDownAndOwesNobodyForThem() throws Exception {
        assertThat(messenger(webhook()).test()).isInstanceOf(Answer.Accepted.class);

        assertThat(receiver.requests()).extracting(MessengerTest::type).containsExactly("test");
        followed.catchUp();
        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.getPurpose()).isEqualTo(MessagePurpose.TEST);
            assertThat(delivery.getTells()).isEmpty();
        });
    }

    private LineageAlert.Builder alert(String number, String ancestor) {
        String id = id(number);
        return Alerts.alert()
                .setAlertId(id)
                .setDerivedModelId("internal/" + id)
                .setDerivedModelVersionId("internal/" + id + "@1")
                .setBaseModelId("hub/" + ancestor)
                .setBaseModelVersionId("hub/" + ancestor + "@main")
                .setRoutes(List.of(name))
                .setRevisedAt(now)
                .setUpdatedAt(now);
    }

    private String id(String number) {
        return "al_" + name + "_" + number;
    }

    private void write(LineageAlert.Builder builder) throws Exception {
        LineageAlert alert = builder.build();
        followed.write(Topics.LINEAGE_ALERTS, alert.getAlertId(), alert);
    }

    private Channel webhook() {
        return webhook(receiver.url(), terms);
    }

    private Channel webhook(URI url, Terms terms) {
        return new Webhook(
                terms,
                url,
                new WebhookSigner(Secret.of("whsec_m5WQVds3LX/JjlSgclm0LRRkB+LZCabS")),
                new HttpPost(Duration.ofSeconds(5)),
                () -> now);
    }

    /** One that begins with what a process before it left. */
    private Messenger messenger(Channel channel) {
        return messenger(channel, RetryPolicy.standard());
    }

    private Messenger messenger(Channel channel, RetryPolicy retry) {
        var ledger = new Ledger(followed.model().queries());
        var messenger = new Messenger(
                channel,
                ledger,
                new Composer(channel, ledger, followed.model().queries(), Alerts.LINKS),
                writer,
                retry,
                () -> now,
                new DeliveryMeters(new SimpleMeterRegistry()));
        messenger.takeOver();
        return messenger;
    }

    /** Lets it do all it wants to do within the next seconds. */
    private Instant run(Messenger messenger) throws InterruptedException {
        return runUntil(messenger, now.plusSeconds(5));
    }

    /** Lets time pass as the messenger wants it to. */
    private Instant runUntil(Messenger messenger, Instant end) throws InterruptedException {
        while (true) {
            Instant next = messenger.step();
            if (next.isAfter(end)) {
                now = end;
                return next;
            }
            now = next.isAfter(now) ? next : now;
        }
    }

    private List<AlertDelivery> deliveries() {
        return broker.read(wire, Topics.ALERT_DELIVERIES).stream()
                .filter(delivery -> delivery.getChannel().startsWith(name))
                .toList();
    }

    private List<String> told() {
        return deliveries().stream()
                .filter(delivery -> delivery.getOutcome() == DeliveryOutcome.DELIVERED)
                .flatMap(delivery -> delivery.getTells().stream())
                .map(told -> told.getAlertId())
                .toList();
    }

    private int owed() {
        return followed.model()
                .queries()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM owed WHERE channel LIKE ?")
                        .bind(0, name + "%")
                        .mapTo(Integer.class)
                        .one());
    }

    private static String type(Request request) {
        return Json.read(request.text()).path("type").asText();
    }

    private int bytes(AlertDelivery delivery) {
        return new AvroSerde<>(AlertDelivery.class, broker.schemas())
                .serializer()
                .serialize(wire.kafka().topic(Topics.ALERT_DELIVERIES), delivery)
                .length;
    }
}
