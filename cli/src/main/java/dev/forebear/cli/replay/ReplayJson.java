package dev.forebear.cli.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.replay.ReplayCount;
import dev.forebear.replay.ReplayStatus;
import dev.forebear.replay.ReplaySummary;
import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.Replay;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What replays come to, for programs. */
final class ReplayJson {

    private ReplayJson() {}

    static ObjectNode of(ReplayCount count) {
        return JsonOutput.object()
                .put("uploads", count.uploads())
                .put("current", count.current())
                .put("outdated", count.outdated())
                .put("notAnalysed", count.notAnalysed())
                .put("gone", count.gone())
                .put("references", count.references())
                .put("estimatedSeconds", count.estimate().toSeconds());
    }

    static ObjectNode of(Replay replay, ReplaySummary summary, Path folder) {
        ObjectNode document = replay(replay)
                .put("notAnalysed", summary.notAnalysed())
                .put("unreported", summary.unreported())
                .put("unconfirmed", summary.unconfirmed());
        ObjectNode ancestors = document.putObject("ancestors");
        for (Change change : Change.values()) {
            ancestors.put(ReplayText.word(change), summary.ancestors(change));
        }
        ArrayNode findings = document.putArray("findings");
        summary.findings()
                .forEach((rule, count) -> findings.addObject()
                        .put("severity", ReplayText.word(rule.severity()))
                        .put("rule", rule.name())
                        .put("count", count));
        return document.put("alerted", summary.alerted())
                .put("documents", folder.toAbsolutePath().normalize().toString());
    }

    static ObjectNode of(List<ReplayStatus> replays) {
        ObjectNode document = JsonOutput.object();
        ArrayNode list = document.putArray("replays");
        replays.forEach(one -> list.add(replay(one.replay())
                .put("done", one.done())
                .put("requestedBy", one.replay().getRequestedBy())
                .put("requestedAt", text(one.replay().getRequestedAt()))
                .put("completedAt", text(one.replay().getCompletedAt()))));
        return document;
    }

    private static ObjectNode replay(Replay replay) {
        return JsonOutput.object()
                .put("replay", replay.getReplayId())
                .put("state", ReplayText.word(replay.getState()))
                .put("from", text(replay.getFrom()))
                .put("until", text(replay.getUntil()))
                .put("asOf", ReplayText.word(replay.getViewpoint()))
                .put("policy", replay.getPolicyVersion())
                .put("uploads", replay.getUploads())
                .put("references", replay.getReferences());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
