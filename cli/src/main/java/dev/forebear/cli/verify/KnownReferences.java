package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.FromScratch;
import dev.forebear.alerts.policy.Subject;
import dev.forebear.cli.reference.ReferenceRecords;
import dev.forebear.match.BatchJoin;
import dev.forebear.match.BatchJoin.Answer;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.match.BatchJoin.Reference;
import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The models of a file or a folder, which a checkpoint is held against as a matcher would hold it. */
final class KnownReferences implements Known {

    /** Where nobody said where the weights lie, a matcher would not think of reading them; here they are told of. */
    private static final String SOMEWHERE = "somewhere";

    private static final int MOST_NAMED = 3;

    private final ReferenceSet references;
    private final Map<String, ModelFingerprint> byId = new LinkedHashMap<>();
    private final BatchJoin join;

    KnownReferences(ReferenceSet references) {
        this.references = references;
        references.models().forEach(model -> byId.put(model.getModelVersionId(), located(model)));
        this.join = BatchJoin.of(byId.values().stream()
                .map(model -> new Reference(model, model.getUploadedAt(), List.of()))
                .toList());
    }

    private static ModelFingerprint located(ModelFingerprint model) {
        return model.getLocation().isEmpty()
                ? ModelFingerprint.newBuilder(model).setLocation(SOMEWHERE).build()
                : model;
    }

    @Override
    public Held hold(ModelFingerprint model, Instant now) throws IOException, InterruptedException {
        Answer answer = ask(model, now);
        LineageReport report = answer.report();
        if (model.getFingerprint() != null && report.getComparedModels() == 0) {
            throw new IOException(
                    references.place() + ": expected another model than the one that is checked, found none");
        }
        var subject = new Subject(
                report,
                null,
                null,
                Ascent.of(
                        report,
                        id -> Optional.ofNullable(byId.get(id))
                                .map(known -> ask(known, now).report())),
                RefutedBases.of(report, reference -> isKnown(reference, model)));
        return new Held(subject, references.place(), limits(answer, subject));
    }

    private Answer ask(ModelFingerprint model, Instant now) {
        var question = new Question(model, List.of(), null, model.getUploadEventId());
        return join.answer(List.of(question), 1, now).getFirst();
    }

    private List<String> limits(Answer answer, Subject subject) {
        List<String> limits = new ArrayList<>();
        if (subject.report().getNotAnalysed() == null) {
            List<String> worth = answer.worthConfirming();
            limits.add("fingerprints alone decided"
                    + (worth.isEmpty() ? "" : "; only the weights themselves tell more about " + listed(worth)));
        }
        references.leftOut().forEach(line -> limits.add("not compared: " + line));
        List<String> unknown = unknownBases(subject);
        if (!unknown.isEmpty()) {
            limits.add("ancestors name bases that are not among the models compared with: " + listed(unknown));
        }
        return limits;
    }

    /** What proven ancestors declare and nobody could look at. */
    private List<String> unknownBases(Subject subject) {
        return subject.ancestors().stream()
                .filter(ancestor -> Ascent.isProven(ancestor.match()))
                .flatMap(ancestor ->
                        Optional.ofNullable(byId.get(ancestor.match().getModelVersionId())).stream())
                .flatMap(model -> model.getDeclaredBases().stream())
                .filter(base -> base.getStrength() != DeclarationStrength.HINT && !FromScratch.isClaim(base))
                .map(DeclaredBase::getName)
                .distinct()
                .filter(name -> !isKnown(ModelReference.of(name)))
                .toList();
    }

    private boolean isKnown(ModelReference reference) {
        return byId.values().stream()
                .anyMatch(model -> ReferenceRecords.names(model).stream()
                        .anyMatch(name -> reference.means(model.getRegistry(), name)));
    }

    private boolean isKnown(ModelReference reference, ModelFingerprint model) {
        return byId.values().stream()
                .filter(base -> RefutedBases.areOfOneSize(parameters(model), parameters(base)))
                .anyMatch(base -> reference.isWhole(base.getRegistry(), base.getName()));
    }

    private static long parameters(ModelFingerprint model) {
        var fingerprint = Objects.requireNonNull(model.getFingerprint(), "only analysed models are compared");
        return fingerprint.getParameters();
    }

    private static String listed(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)));
        return names.size() <= MOST_NAMED ? first : first + " and " + (names.size() - MOST_NAMED) + " more";
    }
}
