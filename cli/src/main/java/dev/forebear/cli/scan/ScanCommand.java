package dev.forebear.cli.scan;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Declarations;
import dev.forebear.cli.checkpoint.AdapterBase;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.fingerprint.LocalFingerprint;
import dev.forebear.cli.instance.InstanceAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scan A}: one checkpoint against everything known. Finding a relative is no failure. */
@Command(
        name = "scan",
        description = {
            "Tell which known models a checkpoint shares lineage with. Nothing is stored.",
            "",
            "Known are the models of a running instance, or with --reference those of a folder (sub-folders that are "
                    + "checkpoints, and fingerprints, .avro) or of a file of reference models."
        },
        footer = {
            "",
            "Examples:",
            "  forebear scan zoo/base-a-sft-light --reference zoo",
            "  forebear scan models/new --reference known.forebear",
            "  forebear scan models/new",
            "  forebear scan models/new --kafka broker:9092 --schema-registry http://registry:8081"
        })
public final class ScanCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;
    private final Checkpoints checkpoints;
    private final Clock clock;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final AdapterBase base = new AdapterBase();

    @Parameters(paramLabel = "A", description = Checkpoints.DESCRIPTION)
    private String location = "";

    @Option(
            names = "--reference",
            paramLabel = "PATH",
            description = "Folder of known models, or file of reference models.")
    private @Nullable Path reference;

    @Option(
            names = "--without-peer",
            description = "Leave out reference models of which only the peer's signals are known; the others need no "
                    + "reading of all weights.")
    private boolean withoutPeer;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for the instance (${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    public ScanCommand(Console console, Map<String, String> environment, Clock clock) {
        this.console = console;
        this.environment = environment;
        this.checkpoints = new Checkpoints(environment);
        this.clock = clock;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws Exception {
        ScanResult result = scan();
        if (json.requested()) {
            json.print(ScanOutput.json(result));
        } else {
            ScanOutput.print(console, result);
        }
        return ExitCode.OK;
    }

    private ScanResult scan() throws IOException {
        try (Checkpoint checkpoint = checkpoints.open(location, base.location())) {
            Declarations declarations = checkpoint.declarations();
            LocalFingerprint scanned = LocalFingerprint.of(checkpoint, console);
            if (reference != null) {
                var local = new LocalScan(scanned, declarations);
                if (Files.isRegularFile(reference)) {
                    new FileScan(reference, checkpoint, !withoutPeer, console).into(local);
                } else {
                    References.in(reference, location, console).into(local);
                }
                return local.result(reference.toString());
            }
            return new InstanceScan(instance.resolve(environment), Duration.ofSeconds(timeoutSeconds))
                    .of(scanned, declarations, clock.instant(), console);
        }
    }
}
