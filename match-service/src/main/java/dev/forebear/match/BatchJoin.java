package dev.forebear.match;

import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Holds many models against many others and reports what a matcher with one shard would report of each, from
 * fingerprints alone: the same search, the same judge, no Kafka. Immutable, thread-safe.
 */
public final class BatchJoin {

    private final List<Indexed> references;

    private BatchJoin(List<Indexed> references) {
        this.references = references;
    }

    /**
     * A model that others may be compared with.
     *
     * @param knownSince when it became known: models asked about as of this time or before do not see it
     * @param otherNames what else its registry called it; names of reference models need not be repeated
     */
    public record Reference(ModelFingerprint model, Instant knownSince, List<String> otherNames) {

        public Reference {
            otherNames = List.copyOf(otherNames);
        }
    }

    /**
     * A model that is asked about. It may be among the references and does not meet itself.
     *
     * @param otherNames what else its registry called it
     * @param asOf only references that were known before take part; null for all
     * @param reportId identity of the report
     */
    public record Question(
            ModelFingerprint model,
            List<String> otherNames,
            @Nullable Instant asOf,
            String reportId) {

        public Question {
            otherNames = List.copyOf(otherNames);
        }
    }

    /**
     * What fingerprints say.
     *
     * @param report pending when a matcher would ask the workers to confirm it
     * @param worthConfirming model version ids of what the workers would be asked to hold it against, in order of
     *     upload; for an adapter that waits for its base, that base
     */
    public record Answer(LineageReport report, List<String> worthConfirming) {

        public Answer {
            worthConfirming = List.copyOf(worthConfirming);
        }
    }

    private record Indexed(IndexedModel model, Instant knownSince) {}

    /** @param references every model that may be compared with; of several with one id the last counts */
    public static BatchJoin of(Iterable<Reference> references) {
        Map<String, Indexed> byId = new LinkedHashMap<>();
        for (var reference : references) {
            var model = IndexedModel.of(reference.model()).named(reference.otherNames());
            byId.put(reference.model().getModelVersionId(), new Indexed(model, reference.knownSince()));
        }
        return new BatchJoin(List.copyOf(byId.values()));
    }

    /** Number of references. */
    public int size() {
        return references.size();
    }

    /**
     * What a matcher would report, in the order of the questions, whatever the number of threads.
     *
     * @param threads how many work at it, at least 1
     * @param reportedAt time that the reports state
     */
    public List<Answer> answer(List<Question> questions, int threads, Instant reportedAt) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var futures = new ArrayList<Future<Answer>>();
            questions.forEach(question -> futures.add(executor.submit(() -> answer(question, reportedAt))));
            var answers = new ArrayList<Answer>();
            for (var future : futures) {
                answers.add(future.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a model could not be compared: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while models were compared", e);
        }
    }

    private Answer answer(Question question, Instant reportedAt) {
        var model = question.model();
        if (model.getFingerprint() == null) {
            return new Answer(LineageJudge.notAnalysed(model, question.reportId(), reportedAt), List.of());
        }
        var asked = IndexedModel.of(model).named(question.otherNames());
        var others = references.stream()
                .filter(one -> question.asOf() == null || one.knownSince().isBefore(question.asOf()))
                .map(Indexed::model)
                .filter(one -> !one.model().getModelVersionId().equals(model.getModelVersionId()))
                .toList();
        var search = new ShardSearch(others, others.size() + 1L);
        var query = new LineageQuery(question.reportId(), QueryPurpose.UPLOAD, 1, model);
        var candidates = List.of(search.answer(query, asked, search.relativesOf(asked), 0, reportedAt));
        var report = LineageJudge.report(candidates, reportedAt);
        return ConfirmationRequests.of(candidates, report)
                .map(request -> new Answer(request.getReport(), worthConfirming(request)))
                .orElse(new Answer(report, List.of()));
    }

    private static List<String> worthConfirming(ConfirmationRequest request) {
        var base = Adapters.base(request.getAdapter());
        return request.getRelatives().isEmpty() && base != null
                ? List.of(base.getModelVersionId())
                : request.getRelatives().stream()
                        .map(LineageCandidate::getModelVersionId)
                        .toList();
    }
}
