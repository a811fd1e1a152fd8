package dev.forebear.replay;

import dev.forebear.replay.Questions.Standing;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The past of an instance, held against what is known and against a policy. Reads the topics and writes to those of
 * replays alone: live work goes on beside it. Used by one thread.
 */
public final class Replays implements AutoCloseable {

    private final SchemaRegistryClient schemas;
    private final ReplayedInstance instance;
    private final TopicReading reading;
    private final ReplayLog log;
    private final InstantSource clock;

    private Replays(WireConfig wire, InstantSource clock) {
        this.schemas = new SchemaRegistryClient(wire.schemaRegistry());
        this.instance = new ReplayedInstance(wire.kafka(), schemas);
        this.reading = new TopicReading(instance);
        this.log = new ReplayLog(instance, reading);
        this.clock = clock;
    }

    /**
     * Connects to the instance.
     *
     * @throws dev.forebear.schemas.TopicException when Kafka cannot be reached or has no topics of Forebear
     */
    public static Replays connect(WireConfig wire, InstantSource clock) {
        new TopicAdmin(wire.kafka()).partitions(Topics.REPLAYED_REPORTS);
        return new Replays(wire, clock);
    }

    /** The policy that the instance took into use last; the standard one when it never did. */
    public PolicyInUse policyInUse() throws IOException {
        return PolicyInUse.read(reading, instance);
    }

    /** Every replay that was asked for, by the time of asking. */
    public List<ReplayStatus> list() throws IOException {
        List<Replay> all = log.all();
        Map<String, ReplayPosition> positions =
                log.positions(all.stream().map(Replay::getReplayId).toList());
        return all.stream()
                .map(replay -> new ReplayStatus(
                        replay,
                        positions
                                .getOrDefault(replay.getReplayId(), ReplayPosition.of(Map.of()))
                                .done()))
                .toList();
    }

    /**
     * What the replay would do; writes nothing.
     *
     * @throws ConfigurationException when the selection names what does not exist, or means no upload
     */
    public ReplayCount count(ReplayRequest request, Pace pace, ReplayWatch watch)
            throws IOException, InterruptedException {
        Replay replay = ReplayRecords.asked(request, reading.ends(Knowledge.TOPICS), now());
        try (WorkFolder folder = WorkFolder.make();
                Knowledge knowledge = Knowledge.read(reading, instance, replay.getPositions(), folder.path(), watch)) {
            List<PastUpload> selected = Selected.of(request.selection(), request.policy(), knowledge.uploads());
            return new Estimate(knowledge, new Questions(replay, knowledge)).of(selected, pace, watch);
        }
    }

    /**
     * Has the selected uploads fingerprinted again that were fingerprinted by another version of the algorithm, and
     * waits for it.
     *
     * @param patience the longest time in which no worker answers
     * @return how many they were
     * @throws IOException when no worker answers
     */
    public int refingerprint(ReplayRequest request, Duration patience, ReplayWatch watch)
            throws IOException, InterruptedException {
        List<TopicPosition> positions = reading.ends(Knowledge.TOPICS);
        Replay replay = ReplayRecords.asked(request, positions, now());
        try (WorkFolder folder = WorkFolder.make();
                Knowledge knowledge = Knowledge.read(reading, instance, positions, folder.path(), watch)) {
            var questions = new Questions(replay, knowledge);
            List<PastUpload> outdated = Selected.of(request.selection(), request.policy(), knowledge.uploads()).stream()
                    .filter(upload -> questions.standing(upload) == Standing.OUTDATED)
                    .toList();
            new Refingerprinting(instance, reading, patience)
                    .run(outdated, positions, replay.getAlgorithmVersion(), watch);
            return outdated.size();
        }
    }

    /**
     * Answers; the same question about the same past goes on where it was left.
     *
     * @param begun told the replay's identity as soon as it is known, by which it can be resumed
     * @throws ConfigurationException when the selection names what does not exist, or means no upload
     * @throws IOException when another process takes the replay over, or what it needs is no longer there
     */
    public ReplayOutcome run(ReplayRequest request, Pace pace, ReplayWatch watch, Consumer<Replay> begun)
            throws IOException, InterruptedException {
        Replay asked = ReplayRecords.asked(request, reading.ends(Knowledge.TOPICS), now());
        return new ReplayRun(instance, reading, log, clock)
                .run(log.find(asked.getReplayId()).orElse(asked), request.policy(), pace, watch, begun);
    }

    /**
     * Goes on with a replay that was interrupted, or decides again on one that was not.
     *
     * @throws ConfigurationException when there is no such replay
     * @throws IOException as {@link #run}, and when models that it began with have changed since
     */
    public ReplayOutcome resume(String replayId, Pace pace, ReplayWatch watch, Consumer<Replay> begun)
            throws IOException, InterruptedException {
        Replay replay = log.find(replayId)
                .orElseThrow(() -> new ConfigurationException("--resume: expected the id of a replay that was begun"
                        + " (forebear replay list shows them), found '" + replayId + "'"));
        return new ReplayRun(instance, reading, log, clock)
                .run(replay, ReplayRecords.policy(replay), pace, watch, begun);
    }

    /**
     * Publishes the answers that say something else of a model's ancestors than the last word on it, as revisions:
     * alerts are decided on and told as of any report. Doing it twice publishes nothing the second time.
     *
     * @return how many they were
     */
    public int publish(ReplayOutcome outcome) throws IOException {
        // The writer comes first: it waits until all that another one of this replay has committed can be read.
        try (ReplayWriter writer =
                ReplayWriter.of(instance, outcome.audit().replay().getReplayId())) {
            List<LineageReport> revisions = outcome.revisions().unpublished(reading, now());
            if (!revisions.isEmpty()) {
                writer.publish(revisions);
            }
            return revisions.size();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void close() {
        reading.close();
        schemas.close();
    }
}
