package dev.forebear.replay;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayState;
import dev.forebear.schemas.wire.TopicPosition;
import dev.forebear.signals.Fingerprint;
import java.time.Instant;
import java.util.List;

/** Replays as they are written. */
final class ReplayRecords {

    private ReplayRecords() {}

    /** What is asked, before it is known how much it comes to. */
    static Replay asked(ReplayRequest request, List<TopicPosition> positions, Instant now) {
        Selection selection = request.selection();
        Replay.Builder replay = Replay.newBuilder()
                .setFrom(selection.from())
                .setUntil(selection.until())
                .setRegistries(selection.registries())
                .setNamePattern(selection.namePattern())
                .setTeams(selection.teams())
                .setViewpoint(request.viewpoint())
                .setPolicyVersion(request.policy().version())
                .setPolicySource(request.policySource())
                .setPolicyText(request.policy().text())
                .setAlgorithmVersion(Fingerprint.ALGORITHM_VERSION)
                .setPositions(positions)
                .setUploads(0)
                .setReferences(0)
                .setReferenceSet("")
                .setRequestedBy(request.requestedBy())
                .setRequestedAt(now)
                .setState(ReplayState.RUNNING);
        return replay.setReplayId(ReplayIdentity.of(replay)).build();
    }

    /** With how much it comes to. */
    static Replay begun(Replay asked, long uploads, KnownModels models) {
        return Replay.newBuilder(asked)
                .setUploads(uploads)
                .setReferences(models.size())
                .setReferenceSet(models.hash())
                .build();
    }

    /** Every upload has its report. */
    static Replay complete(Replay begun, Instant now) {
        return Replay.newBuilder(begun)
                .setState(ReplayState.COMPLETE)
                .setCompletedAt(now)
                .build();
    }

    static Selection selection(Replay replay) {
        return new Selection(
                replay.getFrom(),
                replay.getUntil(),
                replay.getRegistries(),
                replay.getNamePattern(),
                replay.getTeams());
    }

    static Policy policy(Replay replay) {
        return PolicyFile.parse(replay.getPolicySource(), replay.getPolicyText());
    }
}
