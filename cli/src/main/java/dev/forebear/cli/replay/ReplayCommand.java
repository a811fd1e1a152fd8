package dev.forebear.cli.replay;

import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.InstanceAddress;
import dev.forebear.replay.Pace;
import dev.forebear.replay.PolicyInUse;
import dev.forebear.replay.ReplayOutcome;
import dev.forebear.replay.ReplayRequest;
import dev.forebear.replay.ReplayWatch;
import dev.forebear.replay.Replays;
import dev.forebear.replay.audit.AuditReport;
import dev.forebear.replay.signing.SigningKey;
import dev.forebear.replay.signing.UnusableKey;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.wire.Viewpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: past uploads by today's knowledge and rules. */
@Command(
        name = "replay",
        description = {
            "Hold the past uploads of a running instance against the models that are known and against a policy,",
            "and write down for auditors what is new, gone and unchanged since the reports of the time.",
            "Nobody is told unless --notify is given. A replay that was interrupted goes on with --resume."
        },
        footer = {
            "",
            "Examples:",
            "  forebear replay --from 2025-01-01 --until 2026-01-01 --dry-run",
            "  forebear replay --from 2025-01-01 --policy policy.yaml --output audit-2025",
            "  forebear replay --resume 5f1c9a0be3d2",
            "  forebear replay list"
        })
public final class ReplayCommand implements Callable<Integer> {

    /** A worker may be busy with a large model for so long. */
    private static final Duration PATIENCE_WITH_WORKERS = Duration.ofMinutes(30);

    /** Whose knowledge is used. */
    enum AsOf {
        NOW,
        UPLOAD
    }

    private final Console console;
    private final Map<String, String> environment;
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--as-of",
            paramLabel = "now|upload",
            description = "Use what is known now (default), or what was known when each upload was announced.")
    private @Nullable AsOf asOf;

    @Option(names = "--policy", paramLabel = "FILE", description = "Policy (default: the one that the instance uses).")
    private @Nullable Path policy;

    @Option(names = "--dry-run", description = "Only count, and estimate the time; write nothing.")
    private boolean dryRun;

    @Option(names = "--rate", paramLabel = "N", description = "At most N uploads a second (default: no limit).")
    private @Nullable Integer rate;

    @Option(names = "--threads", paramLabel = "N", description = "Processors to use (default: all).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--refingerprint",
            description = "First have uploads fingerprinted again that another version of the algorithm was used for.")
    private boolean refingerprint;

    @Option(
            names = "--notify",
            description = "Then publish what differs from the latest reports, so that alerts are raised and told.")
    private boolean notify;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for the documents (default: replay-ID in this folder).")
    private @Nullable Path output;

    @Option(names = "--sign", paramLabel = "KEY", description = "Sign the documents with this private key (PEM).")
    private @Nullable Path key;

    @Option(names = "--resume", paramLabel = "ID", description = "Go on with this replay.")
    private @Nullable String resume;

    public ReplayCommand(Console console, Map<String, String> environment, Clock clock) {
        this.console = console;
        this.environment = environment;
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkCombination();
        Pace pace = pace();
        Optional<SigningKey> signing = signingKey();
        // A broken policy is told before anything is connected to.
        PolicyInUse own = policy == null ? null : policyFile(policy);
        selection.selection();
        var watch = new ConsoleWatch(console);
        try (Replays replays = Replays.connect(instance.resolve(environment), clock)) {
            String begun = resume;
            if (begun != null) {
                return replay(replays, signing, hint -> replays.resume(begun, pace, watch, hint::begun));
            }
            ReplayRequest request = request(own == null ? replays.policyInUse() : own);
            if (dryRun) {
                return count(replays, request, pace, watch);
            }
            if (refingerprint) {
                int again = replays.refingerprint(request, PATIENCE_WITH_WORKERS, watch);
                console.note(again + " uploads were fingerprinted again, or could not be.");
            }
            return replay(replays, signing, hint -> replays.run(request, pace, watch, hint::begun));
        }
    }

    private void checkCombination() {
        if (resume != null && (selection.isGiven() || asOf != null || policy != null || dryRun || refingerprint)) {
            throw new ParameterException(
                    spec.commandLine(), "--resume: expected no other question beside it, found options of one");
        }
        if (notify && asOf == AsOf.UPLOAD) {
            throw new ParameterException(
                    spec.commandLine(), "--notify: expected --as-of now, found upload: alerts are about what is known");
        }
    }

    private Pace pace() {
        try {
            return new Pace(threads, rate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private Optional<SigningKey> signingKey() throws IOException {
        try {
            return key == null ? Optional.empty() : Optional.of(SigningKey.read(key));
        } catch (UnusableKey e) {
            throw new ConfigurationException("--sign: " + e.getMessage());
        }
    }

    private static PolicyInUse policyFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new PolicyInUse(PolicyFile.read(file), String.valueOf(file.getFileName()));
    }

    private ReplayRequest request(PolicyInUse used) {
        return new ReplayRequest(
                selection.selection(),
                asOf == AsOf.UPLOAD ? Viewpoint.AS_OF_UPLOAD : Viewpoint.AS_OF_NOW,
                used.policy(),
                used.source(),
                System.getProperty("user.name", "unknown"));
    }

    private int count(Replays replays, ReplayRequest request, Pace pace, ReplayWatch watch)
            throws IOException, InterruptedException {
        var count = replays.count(request, pace, watch);
        if (json.requested()) {
            json.print(ReplayJson.of(count));
        } else {
            new ReplayText(console).print(count);
        }
        return ExitCode.OK;
    }

    private interface Work {
        ReplayOutcome run(ResumeHint hint) throws IOException, InterruptedException;
    }

    private int replay(Replays replays, Optional<SigningKey> signing, Work work)
            throws IOException, InterruptedException {
        try (var hint = new ResumeHint(console)) {
            try {
                return replay(replays, signing, hint, work);
            } catch (KafkaException outOfReach) {
                hint.tell();
                throw outOfReach;
            }
        }
    }

    private int replay(Replays replays, Optional<SigningKey> signing, ResumeHint hint, Work work)
            throws IOException, InterruptedException {
        try (ReplayOutcome outcome = work.run(hint)) {
            var replay = outcome.audit().replay();
            Path folder = output == null ? Path.of("replay-" + replay.getReplayId()) : output;
            try (ReplayWatch.Part part = new ConsoleWatch(console).begin("writing documents", ReplayWatch.UNKNOWN)) {
                AuditReport.write(outcome.audit(), folder, signing);
            }
            if (notify) {
                console.note(replays.publish(outcome) + " reports were published as revisions.");
            }
            if (json.requested()) {
                json.print(ReplayJson.of(replay, outcome.summary(), folder));
            } else {
                new ReplayText(console).print(replay, outcome.summary(), folder);
            }
            return ExitCode.OK;
        }
    }
}
