package dev.forebear.match;

import dev.forebear.match.BatchSearch.Sought;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.KnownBase;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.signals.evidence.EvidenceScreen;
import dev.forebear.signals.evidence.EvidenceScreen.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds many models against many others and reports what a matcher with one shard would report of each, from
 * fingerprints alone: the same search, the same judge, no Kafka. Immutable, thread-safe.
 */
public final class BatchJoin {

    /** Questions that are answered at once. */
    private static final int AT_ONCE = 4096;

    private final KnownModels known;

    private BatchJoin(KnownModels known) {
        this.known = known;
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
     * @param model may be without its fingerprint when it is as {@link BatchJoin#known} has it
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

    /** @param references every model that may be compared with; of several with one id the last counts */
    public static BatchJoin of(Collection<Reference> references) {
        return of(references.stream());
    }

    /**
     * The same of models that need not all be in memory as they were published. A parallel stream is decoded in
     * parallel.
     */
    public static BatchJoin of(Stream<Reference> references) {
        return new BatchJoin(KnownModels.of(references));
    }

    /** Has what compares compiled, until when it is slow: for who will ask much, while it waits for something else. */
    public static void warmUp() {
        EvidenceScreen.warmUp();
    }

    /** The record of a reference, without its fingerprint. */
    public Optional<ModelFingerprint> known(String modelVersionId) {
        return known.find(modelVersionId).map(IndexedModel::model);
    }

    /** Number of references. */
    public int size() {
        return known.size();
    }

    /**
     * What a matcher would report, in the order of the questions, whatever the number of threads. Cheapest by the
     * thousand: what is known is laid out anew for every {@value #AT_ONCE} questions.
     *
     * @param threads how many work at it, at least 1
     * @param reportedAt time that the reports state
     */
    public List<Answer> answer(List<Question> questions, int threads, Instant reportedAt) {
        return inTurn().answer(questions, threads, reportedAt);
    }

    /** The same join for one run of batches, faster where the questions are about the references. */
    public SuccessiveJoin inTurn() {
        return new SuccessiveJoin(this, new EarlierPairs(size(), EarlierPairs.MOST));
    }

    List<Answer> answer(List<Question> questions, int threads, Instant reportedAt, EarlierPairs earlier) {
        var answers = new ArrayList<Answer>(questions.size());
        try (var workers = new Workers(threads)) {
            for (int from = 0; from < questions.size(); from += AT_ONCE) {
                var some = questions.subList(from, Math.min(from + AT_ONCE, questions.size()));
                answers.addAll(answer(some, workers, reportedAt, earlier));
            }
        }
        return answers;
    }

    private List<Answer> answer(List<Question> questions, Workers workers, Instant reportedAt, EarlierPairs earlier) {
        var asked = workers.forEach(questions.size(), place -> sought(questions.get(place)));
        var many = asked.stream()
                .flatMap(Optional::stream)
                .filter(this::isSearched)
                .toList();
        earlier.begin(many);
        Map<Sought, Supplier<Relatives>> found = new IdentityHashMap<>();
        many.stream().collect(Collectors.partitioningBy(earlier::isComplete)).values().stream()
                .filter(some -> !some.isEmpty())
                .forEach(some -> found.putAll(search(some, workers, earlier)));
        var answers = workers.forEach(questions.size(), place -> {
            var question = questions.get(place);
            return asked.get(place)
                    .map(one -> answer(
                            question,
                            one,
                            found.getOrDefault(one, () -> plain(one)).get(),
                            reportedAt))
                    .orElseGet(() -> notAnalysed(question, reportedAt));
        });
        earlier.end();
        return answers;
    }

    private Map<Sought, Supplier<Relatives>> search(List<Sought> some, Workers workers, EarlierPairs earlier) {
        var search = new BatchSearch(known, some, earlier);
        var workspaces = ThreadLocal.withInitial(Workspace::new);
        workers.forEach(known.screen().tiles(), tile -> {
            search.screen(tile, workspaces.get());
            return tile;
        });
        Map<Sought, Supplier<Relatives>> found = new IdentityHashMap<>();
        for (int of = 0; of < some.size(); of++) {
            int place = of;
            found.put(some.get(of), () -> search.relatives(place));
        }
        return found;
    }

    private Optional<Sought> sought(Question question) {
        int itself = known.itself(question.model());
        if (itself < 0 && question.model().getFingerprint() == null) {
            return Optional.empty();
        }
        var model = itself < 0
                ? IndexedModel.of(question.model())
                : known.model(itself).republished(question.model());
        int first = known.knownBefore(question.asOf());
        return Optional.of(new Sought(model.named(question.otherNames()), first, first < known.size() ? -1 : itself));
    }

    /** Where very few are known everything is likely, and nothing is to be screened. */
    private boolean isSearched(Sought one) {
        return ShardSearch.largestScreen(BatchSearch.registrySize(known, one)) < 0;
    }

    private Relatives plain(Sought one) {
        var others = known.others(one.model(), one.first());
        return new ShardSearch(others, others.size() + 1L).relativesOf(one.model());
    }

    private static Answer notAnalysed(Question question, Instant reportedAt) {
        return new Answer(LineageJudge.notAnalysed(question.model(), question.reportId(), reportedAt), List.of());
    }

    private Answer answer(Question question, Sought one, Relatives relatives, Instant reportedAt) {
        var query = new LineageQuery(question.reportId(), QueryPurpose.UPLOAD, 1, question.model());
        var bases = Adapters.isWaiting(question.model())
                ? Adapters.knownBases(one.model(), known.others(one.model(), one.first()))
                : List.<KnownBase>of();
        var said = relatives.best(one.model()).stream()
                .filter(relative -> mayBeReported(one.model(), relative, relatives.compared()))
                .toList();
        var answers =
                ShardAnswers.of(List.of(ShardAnswer.of(query, one.model(), relatives, said, bases, 0, reportedAt)));
        var report = LineageJudge.report(answers, reportedAt);
        return ConfirmationRequests.of(answers, report)
                .map(request -> new Answer(request.getReport(), worthConfirming(request)))
                .orElse(new Answer(report, List.of()));
    }

    /** Whether the judge may say anything of it; what a candidate costs is spared where all are in one place. */
    private static boolean mayBeReported(IndexedModel asked, Relative<IndexedModel> relative, long compared) {
        return Adapters.base(asked.model()) != null || ConfirmationRequests.isWorthIt(relative.compared(), compared);
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
