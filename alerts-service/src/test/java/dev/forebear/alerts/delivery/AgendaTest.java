package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.MessagePurpose;
import dev.forebear.schemas.wire.Severity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgendaTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final Terms STANDARD = Terms.standard("c");

    private final Map<GroupKey, Instant> lastTold = new HashMap<>();
    private final List<Instant> recent = new ArrayList<>();

    @Test
    void waitsUntilAGroupHasBeenQuietForTheGroupWait() {
        List<Pending> owed = List.of(owed("a", 0, "basalt", NOW.minusSeconds(30)), owed("b", 0, "basalt", NOW));

        assertThat(next(STANDARD, owed, NOW)).isEqualTo(new Step.Wait(NOW.plusSeconds(10)));
        assertThat(told(next(STANDARD, owed, NOW.plusSeconds(10)))).containsExactly("a", "b");
    }

    @Test
    void waitsNoLongerThanTwoMinutesForAGroupThatGoesOnGrowing() {
        List<Pending> owed = IntStream.rangeClosed(0, 120)
                .mapToObj(second -> owed("a" + second, 0, "basalt", NOW.plusSeconds(second)))
                .toList();

        assertThat(told(next(STANDARD, owed, NOW.plusSeconds(120)))).hasSize(121);
    }

    @Test
    void tellsTenThousandOfAGroupInOneMessage() {
        List<Pending> owed = IntStream.range(0, 10_001)
                .mapToObj(i -> owed("a" + i, i % 4, "basalt", NOW))
                .toList();
        Step step = next(STANDARD, owed, NOW.plusSeconds(10));

        assertThat(((Step.Tell) step).purpose()).isEqualTo(MessagePurpose.ALERTS);
        assertThat(told(step)).hasSize(Agenda.MOST_ALERTS);
        assertThat(((Step.Tell) step).alerts().getFirst().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void followsUpOnAGroupOnlyAfterTheGroupInterval() {
        lastTold.put(new GroupKey("undisclosed-ancestry", "basalt"), NOW.minus(Duration.ofMinutes(20)));
        List<Pending> owed = List.of(owed("a", 2, "basalt", NOW.minusSeconds(60)));

        assertThat(next(STANDARD, owed, NOW)).isEqualTo(new Step.Wait(NOW.plus(Duration.ofMinutes(40))));
        assertThat(told(next(STANDARD, owed, NOW.plus(Duration.ofMinutes(40))))).containsExactly("a");
    }

    @Test
    void tellsAFewGroupsOneByOneTheMostUrgentFirst() {
        List<Pending> owed = List.of(
                owed("a", 0, "basalt", NOW.minusSeconds(60)),
                owed("b", 3, "granite", NOW.minusSeconds(50)),
                owed("c", 1, "slate", NOW.minusSeconds(40)));

        assertThat(told(next(STANDARD, owed, NOW))).containsExactly("b");
    }

    @Test
    void tellsManyGroupsInOneDigest() {
        List<Pending> owed = groups(500, NOW.minusSeconds(60));
        Step step = next(STANDARD, owed, NOW);

        assertThat(((Step.Tell) step).purpose()).isEqualTo(MessagePurpose.DIGEST);
        assertThat(told(step)).hasSize(500);
    }

    @Test
    void letsOneGroupThroughWhileAnEarlierMessageIsTried() {
        var probing = new Agenda(STANDARD, lastTold::get, recent, null, true);

        assertThat(told(probing.next(groups(500, NOW.minusSeconds(60)), NOW))).containsExactly("a0");
    }

    @Test
    void gathersForFiveMinutesAfterABurst() {
        IntStream.range(0, Agenda.BURST).forEach(i -> recent.add(NOW.minusSeconds(i)));
        List<Pending> owed = groups(2, NOW.minusSeconds(60));

        assertThat(next(STANDARD, owed, NOW)).isEqualTo(new Step.Wait(NOW.plus(Agenda.GATHERING)));
        Step later = next(STANDARD, owed, NOW.plus(Agenda.GATHERING));
        assertThat(((Step.Tell) later).purpose()).isEqualTo(MessagePurpose.DIGEST);
    }

    @Test
    void keepsQuietHoursButForWhatIsCritical() {
        var quiet = new QuietHours(LocalTime.of(22, 0), LocalTime.of(9, 0), ZoneOffset.UTC, Severity.CRITICAL);
        var terms = new Terms("c", Audience.everything(), Timing.Immediate.standard(), quiet);
        Pending high = owed("a", 2, "basalt", NOW.minusSeconds(60));
        Pending critical = owed("b", 3, "basalt", NOW.minusSeconds(60));

        assertThat(next(terms, List.of(high), NOW)).isEqualTo(new Step.Wait(Instant.parse("2026-11-20T09:00:00Z")));
        assertThat(told(next(terms, List.of(high, critical), NOW))).containsExactly("b");
        assertThat(told(next(terms, List.of(high), Instant.parse("2026-11-20T09:00:00Z"))))
                .containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T12:00:00Z, 13:00, 15:00, 2026-11-20T14:00:00Z",
        "2026-11-20T21:30:00Z, 22:00, 07:00, 2026-11-21T06:00:00Z",
        "2026-11-21T03:00:00Z, 22:00, 07:00, 2026-11-21T06:00:00Z",
        "2026-11-21T06:00:00Z, 22:00, 07:00, 2026-11-21T06:00:00Z",
        "2026-03-29T00:30:00Z, 22:00, 02:30, 2026-03-29T01:30:00Z"
    })
    void endsQuietHoursInTheirTimeZone(Instant now, LocalTime from, LocalTime to, Instant end) {
        var quiet = new QuietHours(from, to, ZoneId.of("Europe/Berlin"), null);

        assertThat(quiet.release(Severity.CRITICAL, now)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "HOURLY, 2026-11-20T07:59:00Z, 2026-11-20T08:30:00Z",
        "HOURLY, 2026-11-20T08:30:00Z, 2026-11-20T09:30:00Z",
        "DAILY, 2026-11-20T08:29:59Z, 2026-11-20T08:30:00Z",
        "DAILY, 2026-11-20T08:30:00Z, 2026-11-21T08:30:00Z",
        "DAILY, 2026-03-28T10:00:00Z, 2026-03-29T07:30:00Z",
        "WEEKLY, 2026-11-20T08:00:00Z, 2026-11-23T08:30:00Z",
        "WEEKLY, 2026-11-23T08:30:00Z, 2026-11-30T08:30:00Z"
    })
    void digestsComeAtTheirTimesInTheirZone(Timing.Digest.Every every, Instant now, Instant next) {
        var digest = new Timing.Digest(every, DayOfWeek.MONDAY, LocalTime.of(9, 30), ZoneId.of("Europe/Berlin"));

        assertThat(digest.after(now)).isEqualTo(next);
    }

    @Test
    void digestTellsAllThatGatheredAndNeverIsEmpty() {
        Terms terms = daily();
        List<Pending> owed =
                List.of(owed("a", 0, "basalt", NOW.minusSeconds(4_000)), over("b", NOW), owed("c", 3, "slate", NOW));

        assertThat(next(terms, owed, NOW)).isEqualTo(new Step.Wait(Instant.parse("2026-11-20T09:00:00Z")));
        assertThat(told(next(terms, owed, Instant.parse("2026-11-20T09:00:00Z"))))
                .containsExactly("c", "a", "b");
        assertThat(next(terms, List.of(over("b", NOW)), Instant.parse("2026-11-20T09:00:00Z")))
                .isEqualTo(Step.Wait.FOREVER);
    }

    @Test
    void digestThatWasMissedIsSentAtOnceAndOnlyOnce() {
        Instant late = Instant.parse("2026-11-22T13:00:00Z");
        List<Pending> owed = List.of(owed("a", 0, "basalt", NOW));

        assertThat(told(next(daily(), owed, late))).containsExactly("a");
        assertThat(new Agenda(daily(), lastTold::get, recent, late, false).next(owed, late))
                .isEqualTo(new Step.Wait(Instant.parse("2026-11-23T09:00:00Z")));
    }

    private static Terms daily() {
        var digest = new Timing.Digest(Timing.Digest.Every.DAILY, DayOfWeek.MONDAY, LocalTime.of(9, 0), ZoneOffset.UTC);
        return new Terms("c", Audience.everything(), digest, null);
    }

    private Step next(Terms terms, List<Pending> owed, Instant now) {
        return new Agenda(terms, lastTold::get, recent, null, false).next(owed, now);
    }

    private static List<String> told(Step step) {
        assertThat(step).isInstanceOf(Step.Tell.class);
        return ((Step.Tell) step).alerts().stream().map(Pending::alertId).toList();
    }

    private static List<Pending> groups(int count, Instant since) {
        return IntStream.range(0, count)
                .mapToObj(i -> owed("a" + i, 2, "base-" + i, since))
                .toList();
    }

    private static Pending owed(String id, int severity, String ancestor, Instant since) {
        return new Pending(
                id,
                1,
                AlertState.OPEN,
                Severity.values()[severity],
                new GroupKey("undisclosed-ancestry", ancestor),
                "internal",
                since);
    }

    private static Pending over(String id, Instant since) {
        return new Pending(
                id,
                2,
                AlertState.RESOLVED,
                Severity.HIGH,
                new GroupKey("undisclosed-ancestry", "basalt"),
                "internal",
                since);
    }
}
