package dev.forebear.replay;

import dev.forebear.alerts.PolicyFindings;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.match.BatchJoin;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayState;
import dev.forebear.signals.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** One replay from its question to its answer. */
final class ReplayRun {

    private final ReplayedInstance instance;
    private final TopicReading reading;
    private final ReplayLog log;
    private final InstantSource clock;

    ReplayRun(ReplayedInstance instance, TopicReading reading, ReplayLog log, InstantSource clock) {
        this.instance = instance;
        this.reading = reading;
        this.log = log;
        this.clock = clock;
    }

    /** @param asked as it was begun, or as it is asked now */
    ReplayOutcome run(Replay asked, Policy policy, Pace pace, ReplayWatch watch, Consumer<Replay> begun)
            throws IOException, InterruptedException {
        requireSameAlgorithm(asked);
        // What is known is read first, which leaves processors idle.
        Thread.ofPlatform().daemon().name("warm-up").start(BatchJoin::warmUp);
        WorkFolder folder = WorkFolder.make();
        try {
            Knowledge knowledge = Knowledge.read(reading, instance, asked.getPositions(), folder.path(), watch);
            try {
                return run(asked, policy, knowledge, pace, watch, begun, folder);
            } catch (IOException | RuntimeException | InterruptedException failure) {
                knowledge.close();
                throw failure;
            }
        } catch (IOException | RuntimeException | InterruptedException failure) {
            folder.close();
            throw failure;
        }
    }

    private ReplayOutcome run(
            Replay asked,
            Policy policy,
            Knowledge knowledge,
            Pace pace,
            ReplayWatch watch,
            Consumer<Replay> begun,
            WorkFolder folder)
            throws IOException, InterruptedException {
        List<PastUpload> uploads = Selected.of(ReplayRecords.selection(asked), policy, knowledge.uploads());
        var answers = new ReplayedReports(instance, folder.path().resolve("replayed-reports"));
        try {
            Replay replay = match(asked, uploads, knowledge, answers, pace, watch, begun);
            answers.complete(reading, replay, uploads);
            return decide(replay, uploads, policy, knowledge, answers, pace, watch, folder);
        } catch (IOException | RuntimeException | InterruptedException failure) {
            answers.close();
            throw failure;
        }
    }

    private Replay match(
            Replay asked,
            List<PastUpload> uploads,
            Knowledge knowledge,
            ReplayedReports answers,
            Pace pace,
            ReplayWatch watch,
            Consumer<Replay> begun)
            throws IOException, InterruptedException {
        try (ReplayWriter writer = ReplayWriter.of(instance, asked.getReplayId())) {
            Replay replay = ReplayRecords.begun(asked, uploads.size(), knowledge.models());
            if (asked.getReferenceSet().isEmpty()) {
                writer.write(replay);
            } else {
                requireSameModels(asked, replay);
            }
            begun.accept(replay);
            if (asked.getState() == ReplayState.COMPLETE) {
                return asked;
            }
            ReplayPosition position = Objects.requireNonNull(
                    log.positions(List.of(replay.getReplayId())).get(replay.getReplayId()));
            var questions = new Questions(replay, knowledge);
            new Matching(
                            replay,
                            questions,
                            writer,
                            answers,
                            pace,
                            knowledge.uploads().last())
                    .run(uploads, position, watch);
            Replay complete = ReplayRecords.complete(replay, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            writer.write(complete);
            return complete;
        }
    }

    private ReplayOutcome decide(
            Replay replay,
            List<PastUpload> uploads,
            Policy policy,
            Knowledge knowledge,
            ReplayedReports answers,
            Pace pace,
            ReplayWatch watch,
            WorkFolder folder)
            throws IOException, InterruptedException {
        Path path = folder.path();
        Spill found = new Spill(path.resolve("findings"));
        Instant afterAll = knowledge.uploads().last().plusMillis(1);
        try (ReadModel model = new TemporaryReadModel(replay, knowledge, answers)
                .fill(path.resolve("read-model.db"), uploads, watch)) {
            var deciding = new Deciding(
                    knowledge,
                    answers,
                    new PolicyFindings(policy, model, afterAll),
                    new Events(knowledge, new Questions(replay, knowledge)));
            var decided = deciding.run(uploads, pace.threads(), found, watch);
            var audit = new ReplayedAudit(replay, knowledge, answers, found, decided);
            return new ReplayOutcome(audit, deciding.summary(), knowledge, answers, uploads, found, folder);
        }
    }

    private static void requireSameAlgorithm(Replay replay) throws IOException {
        if (replay.getAlgorithmVersion() != Fingerprint.ALGORITHM_VERSION) {
            throw new IOException("replay " + replay.getReplayId() + ": expected version "
                    + replay.getAlgorithmVersion() + " of the fingerprint algorithm, found version "
                    + Fingerprint.ALGORITHM_VERSION + "; ask the same of today");
        }
    }

    /** Only what was replaced more than a day ago may be forgotten. */
    private static void requireSameModels(Replay begun, Replay found) throws IOException {
        if (!begun.getReferenceSet().equals(found.getReferenceSet())) {
            long missing = begun.getReferences() - found.getReferences();
            throw new IOException(("replay %s: expected the %,d models that it began with, found %s of them changed or"
                            + " removed since and their former fingerprints forgotten; ask the same of today")
                    .formatted(
                            begun.getReplayId(),
                            begun.getReferences(),
                            missing > 0 ? "%,d".formatted(missing) : "some"));
        }
    }
}
