package dev.forebear.cli.replay;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.replay.ReplayCount;
import dev.forebear.replay.ReplayStatus;
import dev.forebear.replay.ReplaySummary;
import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What replays come to, for people. */
record ReplayText(Console console) {

    void print(ReplayCount count) {
        var table = new Table().column("a replay would take", Side.LEFT).column("", Side.RIGHT);
        row(table, "uploads", count.uploads());
        row(table, "  fingerprinted by today's algorithm", count.current());
        row(table, "  fingerprinted by another version", count.outdated());
        row(table, "  not analysed", count.notAnalysed());
        row(table, "  fingerprint gone", count.gone());
        row(table, "models to hold them against", count.references());
        table.row("time, about", Quantities.duration(count.estimate()));
        console.print(table);
        if (count.outdated() > 0) {
            console.note("--refingerprint has the " + count.outdated() + " fingerprinted again first.");
        }
        console.note("Nothing was written.");
    }

    void print(Replay replay, ReplaySummary summary, Path folder) {
        console.print("Replay " + replay.getReplayId() + ": " + "%,d".formatted(summary.uploads()) + " uploads, policy "
                + replay.getPolicyVersion() + " (" + replay.getPolicySource() + ")");
        console.space();
        console.print(table(summary));
        console.space();
        if (!summary.findings().isEmpty()) {
            console.print(findings(summary));
            console.space();
        }
        console.print("Documents: " + folder.toAbsolutePath().normalize());
    }

    private static Table table(ReplaySummary summary) {
        var table = new Table().column("uploads", Side.LEFT).column("", Side.RIGHT);
        row(table, "replayed", summary.uploads());
        row(table, "not analysed", summary.notAnalysed());
        row(table, "not reported on at the time", summary.unreported());
        row(table, "with matches that no weights confirmed", summary.unconfirmed());
        row(table, "ancestors that are new", summary.ancestors(Change.NEW));
        row(table, "ancestors that are gone", summary.ancestors(Change.GONE));
        row(table, "ancestors that are unchanged", summary.ancestors(Change.UNCHANGED));
        row(
                table,
                "findings",
                summary.findings().values().stream().mapToLong(Long::longValue).sum());
        row(table, "  of which alerted", summary.alerted());
        return table;
    }

    private static Table findings(ReplaySummary summary) {
        var table = new Table()
                .column("severity", Side.LEFT)
                .column("rule", Side.LEFT)
                .column("findings", Side.RIGHT);
        summary.findings()
                .forEach((rule, count) -> table.row(word(rule.severity()), rule.name(), "%,d".formatted(count)));
        return table;
    }

    void print(List<ReplayStatus> replays) {
        if (replays.isEmpty()) {
            console.note("Nobody has asked for a replay yet.");
            return;
        }
        var table = new Table()
                .column("replay", Side.LEFT)
                .column("asked for", Side.LEFT)
                .column("by", Side.LEFT)
                .column("range", Side.LEFT)
                .column("policy", Side.LEFT)
                .column("state", Side.LEFT)
                .column("uploads", Side.RIGHT)
                .column("done", Side.RIGHT);
        replays.forEach(one -> table.row(
                one.replay().getReplayId(),
                one.replay().getRequestedAt().toString(),
                one.replay().getRequestedBy(),
                range(one.replay()),
                one.replay().getPolicyVersion(),
                word(one.replay().getState()),
                "%,d".formatted(one.replay().getUploads()),
                percent(one)));
        console.print(table);
    }

    private static String range(Replay replay) {
        return (replay.getFrom() == null ? "" : replay.getFrom()) + ".."
                + (replay.getUntil() == null ? "" : replay.getUntil());
    }

    private static String percent(ReplayStatus status) {
        return status.replay().getState() == ReplayState.COMPLETE
                ? "100 %"
                : 100 * status.done() / Math.max(1, status.replay().getUploads()) + " %";
    }

    private static void row(Table table, String what, long count) {
        table.row(what, "%,d".formatted(count));
    }

    static String word(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
