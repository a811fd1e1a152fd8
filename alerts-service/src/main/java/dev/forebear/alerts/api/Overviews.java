package dev.forebear.alerts.api;

import dev.forebear.alerts.api.OverviewView.Arrivals;
import dev.forebear.alerts.api.OverviewView.Found;
import dev.forebear.alerts.api.OverviewView.ModelFigures;
import dev.forebear.alerts.api.OverviewView.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** The overview, from the tables. */
final class Overviews {

    private static final int DAYS = 30;
    private static final int MOST_ALERTS = 10;
    private static final int MOST_REASONS = 100;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final Duration RECENT = Duration.ofDays(7);

    private Overviews() {}

    /**
     * @param reads reads in progress
     * @param silent registries of which nothing was heard
     */
    static OverviewView of(Handle handle, Instant now, long reads, long silent) {
        Map<String, Progress> progress = progress(handle);
        return new OverviewView(
                figures(progress),
                one(handle, "SELECT " + States.COLUMNS + " FROM alert", States::of),
                one(handle, "SELECT " + Severities.COLUMNS + " FROM alert", Severities::of),
                arrivals(handle, now),
                found(handle),
                waiting(handle, now, progress, reads, silent),
                notAnalysed(handle),
                AlertQueries.latest(handle, MOST_ALERTS));
    }

    private record Progress(long count, long proven, long undeclared) {

        static final Progress NONE = new Progress(0, 0, 0);
    }

    private static Map<String, Progress> progress(Handle handle) {
        Map<String, Progress> byWord = new HashMap<>();
        handle.createQuery("""
            SELECT progress, sum(versions) AS found, sum(versions * proven) AS proven,
                sum(versions * undeclared) AS undeclared
            FROM model_count WHERE deleted = 0 GROUP BY progress\
            """)
                .map((set, context) -> Map.entry(
                        set.getString("progress"),
                        new Progress(set.getLong("found"), set.getLong("proven"), set.getLong("undeclared"))))
                .forEach(entry -> byWord.put(entry.getKey(), entry.getValue()));
        return byWord;
    }

    private static long count(Map<String, Progress> progress, String word) {
        return progress.getOrDefault(word, Progress.NONE).count;
    }

    private static ModelFigures figures(Map<String, Progress> progress) {
        return new ModelFigures(
                progress.values().stream().mapToLong(Progress::count).sum(),
                count(progress, "analysed"),
                count(progress, "not-analysed"),
                count(progress, "received") + count(progress, "fingerprinted"),
                progress.values().stream().mapToLong(Progress::proven).sum(),
                progress.values().stream().mapToLong(Progress::undeclared).sum());
    }

    private static List<Arrivals> arrivals(Handle handle, Instant now) {
        long today = now.toEpochMilli() / DAY_MILLIS;
        long first = today - DAYS + 1;
        Map<Long, Arrivals> byDay = new HashMap<>();
        handle.createQuery("""
            SELECT day, sum(versions * (progress = 'analysed')) AS analysed,
                sum(versions * (progress = 'not-analysed')) AS not_analysed,
                sum(versions * (progress IN ('received', 'fingerprinted'))) AS in_progress,
                sum(versions * (progress = 'analysed' AND proven)) AS derived
            FROM arrival WHERE day >= :first GROUP BY day\
            """)
                .bind("first", first)
                .map((set, context) -> {
                    long day = set.getLong("day");
                    return Map.entry(
                            day,
                            new Arrivals(
                                    LocalDate.ofEpochDay(day).toString(),
                                    set.getLong("analysed"),
                                    set.getLong("not_analysed"),
                                    set.getLong("in_progress"),
                                    set.getLong("derived")));
                })
                .forEach(entry -> byDay.put(entry.getKey(), entry.getValue()));
        return IntStream.range(0, DAYS)
                .mapToObj(i -> byDay.getOrDefault(
                        first + i, new Arrivals(LocalDate.ofEpochDay(first + i).toString(), 0, 0, 0, 0)))
                .toList();
    }

    private static List<Found> found(Handle handle) {
        return handle.createQuery("SELECT rule, severity, " + States.COLUMNS
                        + " FROM alert GROUP BY rule, severity ORDER BY max(severity_rank) DESC, count(*) DESC, rule")
                .map((set, context) -> {
                    var row = new Row(set);
                    return new Found(row.text("rule"), row.text("severity"), States.of(row));
                })
                .list();
    }

    private static List<Facet.Count> notAnalysed(Handle handle) {
        return handle.createQuery("""
            SELECT not_analysed_reason AS reason, sum(versions) AS found
            FROM model_count WHERE progress = 'not-analysed' AND deleted = 0
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :most\
            """)
                .bind("most", MOST_REASONS)
                .map((set, context) -> {
                    String reason = set.getString("reason");
                    return new Facet.Count(reason.isEmpty() ? null : reason, set.getLong("found"));
                })
                .list();
    }

    private static Waiting waiting(
            Handle handle, Instant now, Map<String, Progress> progress, long reads, long silent) {
        long since = now.minus(RECENT).toEpochMilli();
        return new Waiting(
                count(progress, "received"),
                count(progress, "fingerprinted"),
                reads,
                number(handle, "SELECT count(DISTINCT alert_id) FROM owed WHERE since <= :time", now.toEpochMilli()),
                number(
                        handle,
                        "SELECT count(*) FROM delivery WHERE last = 1 AND outcome = 'retrying' AND at <= :time",
                        now.toEpochMilli()),
                number(
                        handle,
                        "SELECT count(*) FROM delivery WHERE last = 1 AND outcome = 'failed' AND at >= :time",
                        since),
                number(handle, "SELECT count(*) FROM dead_letter WHERE at >= :time", since),
                silent);
    }

    private static long number(Handle handle, String sql, long time) {
        return handle.createQuery(sql).bind("time", time).mapTo(Long.class).one();
    }

    private static <V> V one(Handle handle, String sql, Keyset.Mapper<V> mapper) {
        return handle.createQuery(sql)
                .map((set, context) -> mapper.map(new Row(set)))
                .one();
    }

    /** The day that the overview ends on, which changes it without anything happening. */
    static String day(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
