package dev.forebear.cli.verify;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Declarations;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.fingerprint.LocalFingerprint;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.Adapter;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.worker.FingerprintRecords;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a checkpoint into the record that a worker would make of it if it were uploaded at this moment. */
final class CheckedModel {

    static {
        WireTrust.establish();
    }

    private final Checkpoints checkpoints;
    private final Circumstances circumstances;
    private final Console console;

    CheckedModel(Checkpoints checkpoints, Circumstances circumstances, Console console) {
        this.checkpoints = checkpoints;
        this.circumstances = circumstances;
        this.console = console;
    }

    /**
     * Reads it. What is there and cannot be analysed is a record that says why; the policy has rules for it.
     *
     * @param base location of what an adapter is put on; null when none is given
     * @throws IOException when there is nothing at the location, or it cannot be reached
     */
    ModelFingerprint read(String location, @Nullable String base, Instant now) throws IOException {
        ModelFingerprint.Builder model = named(circumstances.id(location), location, now);
        try (Checkpoint checkpoint = checkpoints.open(location, base)) {
            LocalFingerprint made = LocalFingerprint.of(checkpoint, console);
            var fingerprint = FingerprintRecords.wire(made.fingerprint());
            return declaring(model, checkpoint.declarations())
                    .setFingerprint(fingerprint)
                    .setNotAnalysed(FingerprintRecords.withoutEvidence(fingerprint.getEvidence()))
                    .setAdapter(checkpoint.isAdapterAlone() ? new Adapter(checkpoint.adapter(), null) : null)
                    .setBytesRead(made.totals().bytes())
                    .setRequests(Math.clamp(made.totals().requests(), 0, Integer.MAX_VALUE))
                    .setElapsedMillis(made.elapsed().toMillis())
                    .build();
        } catch (CheckpointException wrong) {
            if (!isAnswer(wrong.reason())) {
                throw wrong;
            }
            // Throws, too, when the place is to blame and not what lies there.
            return declaring(model, checkpoints.declarations(location))
                    .setNotAnalysed(new NotAnalysed(
                            wrong.reason().name().toLowerCase(Locale.ROOT), String.valueOf(wrong.getMessage())))
                    .build();
        }
    }

    /** What is missing may still come, and what changes was read at the wrong moment: neither says anything. */
    private static boolean isAnswer(Reason reason) {
        return switch (reason) {
            case MALFORMED, UNSUPPORTED, REFUSED, UNSAFE -> true;
            case MISSING, CHANGED -> false;
        };
    }

    private static ModelFingerprint.Builder named(ModelVersionId id, String location, Instant now) {
        String event = "verify:" + id;
        return ModelFingerprint.newBuilder()
                .setModelVersionId(id.toString())
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setLocation(location)
                .setUploadEventId(event)
                .setCorrelationId(event)
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(now)
                .setFingerprintedAt(now)
                .setBytesRead(0)
                .setRequests(0)
                .setElapsedMillis(0);
    }

    private ModelFingerprint.Builder declaring(ModelFingerprint.Builder model, Declarations declarations) {
        return model.setLicence(circumstances.licence(declarations.licence()))
                .setDeclaredBases(FingerprintRecords.declaredBases(
                        model.getRegistry(),
                        model.getName(),
                        List.of(circumstances.declaredBases(), FingerprintRecords.wire(declarations))));
    }
}
