package dev.forebear.cli.scan;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Progress;
import dev.forebear.match.FingerprintReader;
import dev.forebear.schemas.RecordFile;
import dev.forebear.signals.Fingerprint;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The known models of a folder: sub-folders that are checkpoints, and files that hold fingerprints.
 *
 * @param known those that could be read
 * @param unreadable one line for each that could not
 */
record References(List<Known> known, List<String> unreadable) {

    private static final String FINGERPRINT_SUFFIX = ".avro";

    /**
     * Reads all of them but the one that is scanned.
     *
     * @throws IOException when the folder itself cannot be read
     */
    static References in(Path folder, String scanned, Console console) throws IOException {
        List<Path> entries = entries(folder, scanned);
        var known = new ArrayList<Known>();
        var unreadable = new ArrayList<String>();
        var done = new AtomicLong();
        try (Progress progress = console.progress("Reading " + folder, done::get, entries.size())) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                try {
                    known.add(new Known(name, List.of(model(name)), null, fingerprint(entry)));
                } catch (IOException failure) {
                    unreadable.add(name + ": " + failure.getMessage());
                }
                done.incrementAndGet();
            }
        }
        return new References(known, unreadable);
    }

    void into(LocalScan scan) {
        known.forEach(scan::compareWith);
        unreadable.forEach(scan::notCompared);
    }

    private static String model(String entry) {
        return entry.endsWith(FINGERPRINT_SUFFIX)
                ? entry.substring(0, entry.length() - FINGERPRINT_SUFFIX.length())
                : entry;
    }

    private static List<Path> entries(Path folder, String scanned) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(
                    Reason.MISSING,
                    folder.toString(),
                    "expected a folder of known models, or a file of reference models, found none");
        }
        try (var listing = Files.list(folder)) {
            return listing.filter(References::mayBeKnown)
                    .filter(entry -> !isSame(entry, scanned))
                    .sorted()
                    .toList();
        }
    }

    private static boolean mayBeKnown(Path entry) {
        boolean hidden = entry.getFileName().toString().startsWith(".");
        return !hidden && (Files.isDirectory(entry) ? looksLikeCheckpoint(entry) : isFingerprint(entry));
    }

    // Other folders beside checkpoints are nothing to warn about.
    private static boolean looksLikeCheckpoint(Path entry) {
        return Files.exists(entry.resolve("config.json")) || Files.exists(entry.resolve("adapter_config.json"));
    }

    private static boolean isFingerprint(Path entry) {
        return entry.toString().endsWith(FINGERPRINT_SUFFIX);
    }

    private static boolean isSame(Path entry, String scanned) {
        try {
            return !scanned.contains("://") && Files.isSameFile(entry, Path.of(scanned));
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    private static Fingerprint fingerprint(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(entry))) {
                return fingerprint(checkpoint);
            }
        }
        var wire = RecordFile.read(entry, dev.forebear.schemas.wire.Fingerprint.class);
        try {
            return FingerprintReader.toDomain(wire);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    private static Fingerprint fingerprint(Checkpoint checkpoint) throws IOException {
        if (checkpoint.isAdapterAlone()) {
            checkpoint.transformer(); // which says what is missing
        }
        return Fingerprinter.fingerprint(checkpoint);
    }
}
