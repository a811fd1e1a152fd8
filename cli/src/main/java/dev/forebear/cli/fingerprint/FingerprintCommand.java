package dev.forebear.cli.fingerprint;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.cli.checkpoint.AdapterBase;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.schemas.RecordFile;
import dev.forebear.worker.FingerprintRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fingerprint A}: makes the fingerprint of a checkpoint and keeps it in a file. */
@Command(
        name = "fingerprint",
        description = "Write the fingerprint of a checkpoint, which compares without its weights.",
        footer = {
            "",
            "Examples:",
            "  forebear fingerprint models/helios-7b",
            "  forebear fingerprint s3://registry/helios-7b/v4 -o known/helios-7b.avro",
            "  forebear scan models/new --reference known"
        })
public final class FingerprintCommand implements Callable<Integer> {

    private final Console console;
    private final Checkpoints checkpoints;

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final AdapterBase base = new AdapterBase();

    @Parameters(paramLabel = "A", description = Checkpoints.DESCRIPTION)
    private String location = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it, an Avro file; NAME.avro in this folder if not given.")
    private @Nullable Path output;

    public FingerprintCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.checkpoints = new Checkpoints(environment);
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws Exception {
        try (Checkpoint checkpoint = checkpoints.open(location, base.location())) {
            LocalFingerprint made = LocalFingerprint.of(checkpoint, console);
            Path file = output == null ? Path.of(Checkpoints.name(made.location()) + ".avro") : output;
            RecordFile.write(file, FingerprintRecords.wire(made.fingerprint()));
            print(made, file);
        }
        return ExitCode.OK;
    }

    private void print(LocalFingerprint made, Path file) throws IOException {
        long size = Files.size(file);
        if (json.requested()) {
            json.print(FingerprintSummary.json(made, file, size));
        } else {
            FingerprintSummary.print(console, made, file, size);
        }
    }
}
