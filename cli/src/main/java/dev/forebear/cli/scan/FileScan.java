package dev.forebear.cli.scan;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Progress;
import dev.forebear.cli.reference.FileModels;
import dev.forebear.cli.reference.ForeignModel;
import dev.forebear.cli.reference.ReferenceRecords;
import dev.forebear.match.FingerprintReader;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceFacts;
import dev.forebear.schemas.wire.ReferenceModel;
import dev.forebear.signals.peer.PeerProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Compares a checkpoint with the models of a file. Those of which only the peer's signals are known cost one reading of
 * all its weights, since the peer's signals are of all values.
 */
final class FileScan {

    private final Path file;
    private final Checkpoint checkpoint;
    private final boolean withPeer;
    private final Console console;
    private @Nullable PeerProfile profile;
    private int foreign;

    FileScan(Path file, Checkpoint checkpoint, boolean withPeer, Console console) {
        this.file = file;
        this.checkpoint = checkpoint;
        this.withPeer = withPeer;
        this.console = console;
    }

    void into(LocalScan scan) throws IOException {
        var models = new FileModels(file);
        long total = models.header().models();
        var done = new AtomicLong();
        try (Progress progress = console.progress("Reading " + file, done::get, () -> total, Long::toString)) {
            models.forEach(model -> {
                compare(model, scan);
                done.incrementAndGet();
            });
        }
        if (foreign > 0 && !withPeer) {
            scan.notCompared("%,d models: only the peer's signals are known of them".formatted(foreign));
        }
    }

    private void compare(ReferenceModel reference, LocalScan scan) throws IOException {
        if (!ReferenceRecords.isForeign(reference)) {
            scan.compareWith(known(reference.getModel()));
            return;
        }
        foreign++;
        if (withPeer) {
            ForeignModel model = ForeignModel.of(reference);
            ReferenceFacts facts = ReferenceRecords.facts(model.model());
            scan.resembles(new Resemblance(
                    shown(model.model()),
                    facts.getFamily(),
                    facts.getPublisher(),
                    profile().with(model.profile())));
        }
    }

    private PeerProfile profile() throws IOException {
        PeerProfile made = profile;
        if (made == null) {
            made = PeerProfile.of(checkpoint);
            profile = made;
        }
        return made;
    }

    private static Known known(ModelFingerprint model) {
        return new Known(
                shown(model),
                ReferenceRecords.names(model),
                model.getLicence(),
                FingerprintReader.toDomain(Objects.requireNonNull(model.getFingerprint())));
    }

    private static String shown(ModelFingerprint model) {
        return model.getName() + "@" + model.getVersion();
    }
}
