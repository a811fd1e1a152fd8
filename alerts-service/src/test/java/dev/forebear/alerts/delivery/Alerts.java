package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Alerts and notices for tests. */
final class Alerts {

    private Alerts() {}

    static LineageAlert.Builder alert() {
        return LineageAlert.newBuilder()
                .setAlertId("al_5f0c2a1b9d3e4f60")
                .setRule("undisclosed-ancestry")
                .setSeverity(Severity.HIGH)
                .setState(AlertState.OPEN)
                .setDerivedModelId("internal/helios-7b")
                .setDerivedModelVersionId("internal/helios-7b@v4")
                .setBaseModelId("hub/quarry-ai/basalt-7b")
                .setBaseModelVersionId("hub/quarry-ai/basalt-7b@main")
                .setVerdict(Verdict.DERIVED)
                .setLog10EValue(-78.1)
                .setBaseLicence("cc-by-nc-4.0")
                .setTitle("Undisclosed ancestor: internal/helios-7b@v4 descends from hub/quarry-ai/basalt-7b@main")
                .setExplanation("The weights agree. It declares no base.")
                .setReportId("internal/helios-7b@v4#7c0f")
                .setOpenedAt(Instant.parse("2026-11-20T08:01:00Z"))
                .setUpdatedAt(Instant.parse("2026-11-20T08:01:00Z"))
                .setCorrelationId("01JD4Z8S6W2K7Q")
                .setVersions(List.of());
    }

    static final Links LINKS = new Links(URI.create("https://lineage.example.com/"), null);

    static Notice notice(LineageAlert.Builder alert) {
        return Notice.of(alert.build(), LINKS);
    }

    /** A message of one alert. */
    static Message message(LineageAlert.Builder alert) {
        boolean isOver = alert.getState() == AlertState.RESOLVED;
        return message(isOver ? Message.Kind.RESOLVED : Message.Kind.OPENED, List.of(alert.build()), null);
    }

    /** A message of alerts, the first ten of which are named. */
    static Message message(Message.Kind kind, List<LineageAlert> alerts, String thread) {
        List<Pending> pending = alerts.stream().map(Alerts::pending).toList();
        GroupKey first = pending.getFirst().group();
        boolean isGroup = pending.stream().allMatch(alert -> alert.group().equals(first));
        return new Message(
                "ms_5f0c2a1b9d3e4f605f0c2a1b",
                kind,
                "governance",
                isGroup ? first : null,
                Overview.of(pending),
                alerts.stream()
                        .limit(Message.MOST_SHOWN)
                        .map(alert -> Notice.of(alert, LINKS))
                        .toList(),
                thread,
                null,
                isGroup ? LINKS.group(first) : LINKS.alerts(),
                LINKS,
                Set.of(),
                Instant.parse("2026-11-20T08:01:10Z"));
    }

    /** That many alerts on one ancestor, whose names are as hostile and as long as they get. */
    static List<LineageAlert> hostile(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String name = "internal/" + HOSTILE.repeat(8) + i;
                    return alert().setAlertId("al_%016x".formatted(i))
                            .setDerivedModelId(name)
                            .setDerivedModelVersionId(name + "@1")
                            .setTitle("Undisclosed ancestor: " + name)
                            .setExplanation(HOSTILE.repeat(100))
                            .build();
                })
                .toList();
    }

    /** What somebody might call a model to break, reorder or forge what is read. */
    static final String HOSTILE =
            "<!channel> <@U1>&*_~`|[x](http://evil) </td><img src=x>\r\nBcc: a@b\u202Egnp.\u0000{{D}}";

    static Pending pending(LineageAlert alert) {
        return new Pending(
                alert.getAlertId(),
                alert.getRevision(),
                alert.getState(),
                alert.getSeverity(),
                new GroupKey(alert.getRule(), alert.getBaseModelId()),
                "internal",
                alert.getUpdatedAt());
    }
}
