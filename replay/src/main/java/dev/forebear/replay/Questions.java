package dev.forebear.replay;

import dev.forebear.match.BatchJoin;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.match.BatchJoin.Reference;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.Viewpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What today's matcher is asked about past uploads, and what it may know, from the viewpoint of a replay. */
final class Questions {

    private final Replay replay;
    private final Knowledge knowledge;

    Questions(Replay replay, Knowledge knowledge) {
        this.replay = replay;
        this.knowledge = knowledge;
    }

    /** What became of the fingerprint of an upload. */
    enum Standing {
        /** Made by the algorithm of the replay. */
        CURRENT,
        /** Made by another one, whose values mean something else. */
        OUTDATED,
        /** The weights could not be read. */
        NOT_ANALYSED,
        /** Never made, or replaced by that of other weights under the same version. */
        GONE
    }

    Standing standing(PastUpload upload) {
        KnownModel known = answering(upload);
        if (known == null) {
            return Standing.GONE;
        }
        if (!known.isFingerprinted()) {
            return Standing.NOT_ANALYSED;
        }
        return known.algorithmVersion() == replay.getAlgorithmVersion() ? Standing.CURRENT : Standing.OUTDATED;
    }

    /** Whether all of them may be answered by every model that is known. */
    boolean areAsOfNow() {
        return replay.getViewpoint() == Viewpoint.AS_OF_NOW;
    }

    /** Joins against every model that is known; what was known when is for the questions to say. */
    BatchJoin join() {
        return BatchJoin.of(knowledge.models().all().parallelStream().map(this::reference));
    }

    private Reference reference(KnownModel known) {
        try {
            ModelFingerprint model = knowledge.models().whole(known);
            return new Reference(model, knownSince(model.getModelVersionId(), known), otherNames(model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param join of these questions */
    Question about(PastUpload upload, BatchJoin join) throws IOException {
        ModelFingerprint model = model(upload, join);
        return new Question(model, otherNames(model), asOf(upload), reportId(upload));
    }

    /** What weights were found to say, as far as neither side has changed and the viewpoint knows of both. */
    List<LineageMatch> foundByWeights(PastUpload upload) throws IOException {
        Instant asOf = asOf(upload);
        return knowledge.reports().foundByWeights(upload).stream()
                .filter(match -> {
                    KnownModel other = knowledge.models().get(match.getModelVersionId());
                    return other != null
                            && other.uploadedAt().equals(match.getUploadedAt())
                            && (asOf == null
                                    || knownSince(match.getModelVersionId(), other)
                                            .isBefore(asOf));
                })
                .toList();
    }

    private String reportId(PastUpload upload) {
        return upload.modelVersionId() + "#" + replay.getReplayId() + "-" + upload.partition() + "-" + upload.offset();
    }

    private @Nullable Instant asOf(PastUpload upload) {
        return switch (replay.getViewpoint()) {
            case AS_OF_NOW -> null;
            case AS_OF_UPLOAD -> upload.announced().getReceivedAt();
        };
    }

    private List<String> otherNames(ModelFingerprint model) {
        return switch (replay.getViewpoint()) {
            case AS_OF_NOW -> knowledge.changes().otherNames(model);
            case AS_OF_UPLOAD -> List.of();
        };
    }

    /** A reference model that nobody uploaded is known since it was fingerprinted. */
    private Instant knownSince(String id, KnownModel known) {
        Instant announced =
                knowledge.uploads().announced(id, knowledge.uploads().number(id, known.uploadEventId()));
        return announced == null ? known.fingerprintedAt() : announced;
    }

    /** Null when the fingerprint that is known is that of other weights, or none is. */
    private @Nullable KnownModel answering(PastUpload upload) {
        String id = upload.modelVersionId();
        KnownModel known = knowledge.models().get(id);
        return known != null && knowledge.uploads().number(id, known.uploadEventId()) == upload.number() ? known : null;
    }

    private ModelFingerprint model(PastUpload upload, BatchJoin join) throws IOException {
        KnownModel known = answering(upload);
        return switch (standing(upload)) {
            case GONE ->
                notAnalysed(
                        upload.announced(),
                        knowledge.models().get(upload.modelVersionId()) == null
                                ? new NotAnalysed("missing", "no fingerprint: it was not made, or was removed")
                                : new NotAnalysed(
                                        "changed",
                                        "no fingerprint: it was replaced by that of other weights, which were uploaded"
                                                + " under the same version"));
            case OUTDATED ->
                notAnalysed(
                        upload.announced(),
                        new NotAnalysed(
                                "unsupported",
                                "fingerprint: expected version " + replay.getAlgorithmVersion()
                                        + " of the algorithm, found version "
                                        + Objects.requireNonNull(known).algorithmVersion()
                                        + "; replay --refingerprint has it made anew"));
            case CURRENT, NOT_ANALYSED ->
                declaring(upload, join.known(upload.modelVersionId()).orElseThrow());
        };
    }

    /** What was declared by then is what the report of the time says was. */
    private ModelFingerprint declaring(PastUpload upload, ModelFingerprint model) throws IOException {
        Optional<PastReport> then = knowledge.reports().ofTheTime(upload);
        if (replay.getViewpoint() == Viewpoint.AS_OF_NOW || then.isEmpty()) {
            return model;
        }
        var declared = knowledge.reports().wording(then.get().first()).getDeclaredBases();
        return declared.equals(model.getDeclaredBases())
                ? model
                : ModelFingerprint.newBuilder(model).setDeclaredBases(declared).build();
    }

    private static ModelFingerprint notAnalysed(ModelUploaded upload, NotAnalysed why) {
        return ModelFingerprint.newBuilder()
                .setModelVersionId(upload.getModelVersionId())
                .setRegistry(upload.getRegistry())
                .setName(upload.getName())
                .setVersion(upload.getVersion())
                .setLocation(upload.getLocation())
                .setUploadEventId(upload.getEventId())
                .setNotAnalysed(why)
                .setDeclaredBases(upload.getDeclaredBases())
                .setLane(upload.getLane())
                .setUploadedAt(upload.getUploadedAt())
                .setFingerprintedAt(upload.getReceivedAt())
                .setBytesRead(0)
                .setRequests(0)
                .setElapsedMillis(0)
                .setCorrelationId(upload.getCorrelationId())
                .build();
    }
}
