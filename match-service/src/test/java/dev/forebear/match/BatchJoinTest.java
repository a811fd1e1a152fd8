package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.match.BatchJoin.Answer;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.match.BatchJoin.Reference;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The join without Kafka against the one with it. */
class BatchJoinTest {

    private static final Instant NOW = Models.START.plusSeconds(1_000);

    private static List<ModelFingerprint> models;
    private static BatchJoin join;

    @BeforeAll
    static void fingerprintTheZoo() throws IOException {
        WireTrust.establish();
        models = MixedRegistry.models();
        var references = new ArrayList<Reference>();
        for (int i = 0; i < models.size(); i++) {
            references.add(new Reference(models.get(i), Models.START.plusSeconds(i), List.of()));
        }
        join = BatchJoin.of(references);
    }

    @Test
    void reportsOfEveryModelWhatTheTopologyReportsWhenItArrives() {
        try (var topology = new Topology()) {
            models.forEach(topology::publish);
            topology.read();

            assertThat(topology.reports).hasSize(models.size());
            for (int i = 0; i < models.size(); i++) {
                assertSays(answer(models.get(i), Models.START.plusSeconds(i)), topology);
            }
        }
    }

    @Test
    void reportsOfEveryModelWhatTheTopologyReportsWhenAllAreKnown() {
        var analysed =
                models.stream().filter(model -> model.getFingerprint() != null).toList();
        try (var topology = new Topology()) {
            models.forEach(topology::publish);
            topology.read();
            topology.reports.clear();
            topology.requests.clear();
            analysed.forEach(topology::ask);
            topology.read();

            assertThat(topology.reports).hasSize(analysed.size());
            analysed.forEach(model -> assertSays(answer(model, null), topology));
        }
    }

    private static void assertSays(Answer answer, Topology topology) {
        var id = answer.report().getModelVersionId();
        assertThat(answer.report()).isEqualTo(topology.reports.get(id));
        var request = topology.requests.get(id);
        assertThat(answer.report().getConfirmation() == ConfirmationState.PENDING)
                .isEqualTo(request != null);
        if (request != null && !request.getRelatives().isEmpty()) {
            assertThat(answer.worthConfirming())
                    .isEqualTo(request.getRelatives().stream()
                            .map(one -> one.getModelVersionId())
                            .toList());
        }
    }

    @Test
    void namesTheBaseThatAnAdapterWaitsFor() {
        var adapter = models.stream()
                .filter(model -> model.getName().equals("waiting"))
                .findFirst()
                .orElseThrow();

        assertThat(answer(adapter, null).worthConfirming()).containsExactly(Models.id("function-1"));
    }

    @Test
    void answersTheSameAboutWhatItKnowsWithoutBeingGivenTheFingerprint() {
        for (ModelFingerprint model : models) {
            ModelFingerprint known = join.known(model.getModelVersionId()).orElseThrow();
            var question = new Question(known, List.of(), null, QueryIds.ofUpload(model));

            assertThat(known.getFingerprint()).isNull();
            assertThat(join.answer(List.of(question), 1, NOW)).containsExactly(answer(model, null));
        }
    }

    @Test
    void namesAncestorsHoweverManyDescendantsThereAre() {
        var family = new ArrayList<ModelFingerprint>();
        for (int i = 0; i < 20; i++) {
            family.add(Models.model("z-earlier-" + i, 1, i));
        }
        var asked = Models.model("asked", 1, 20);
        for (int i = 0; i < 200; i++) {
            family.add(Models.model("a-later-" + i, 1, 21 + i));
        }
        var known = BatchJoin.of(family.stream()
                .map(model -> new Reference(model, model.getUploadedAt(), List.of()))
                .toList());
        var ancestors = family.stream()
                .limit(20)
                .map(ModelFingerprint::getModelVersionId)
                .toList();

        assertThat(bases(known, question(asked, null))).containsExactlyInAnyOrderElementsOf(ancestors);
        var shard = new ShardSearch(family.stream().map(IndexedModel::of).toList(), 220);
        assertThat(shard.relativesOf(IndexedModel.of(asked)).best(IndexedModel.of(asked)))
                .extracting(Relative::modelVersionId)
                .containsExactlyInAnyOrderElementsOf(ancestors);
    }

    @Test
    void doesNotSeeWhatBecameKnownLater() {
        var copy = Models.model("copy", 1, 10);
        var known = BatchJoin.of(
                List.of(new Reference(Models.model("base", 1, 0), Models.START.plusSeconds(20), List.of())));

        assertThat(bases(known, question(copy, Models.START.plusSeconds(20)))).isEmpty();
        assertThat(bases(known, question(copy, Models.START.plusSeconds(21)))).containsExactly(Models.id("base"));
        assertThat(bases(known, question(copy, null))).containsExactly(Models.id("base"));
    }

    @Test
    void knowsReferencesByTheirOtherNames() {
        var derived = Models.model("derived", 1, 10, "hub/former");
        var known =
                BatchJoin.of(List.of(new Reference(Models.model("renamed", 1, 0), Models.START, List.of("former"))));

        var report = known.answer(List.of(question(derived, null)), 1, NOW)
                .getFirst()
                .report();
        assertThat(report.getMatches())
                .singleElement()
                .satisfies(match -> assertThat(match.getDeclared()).isTrue());
    }

    @Test
    void comparesWithTheLastOfSeveralReferencesOfOneId() {
        var known = BatchJoin.of(List.of(
                new Reference(Models.model("base", 1, 0), Models.START, List.of()),
                new Reference(Models.model("base", 2, 0), Models.START, List.of())));

        assertThat(known.size()).isEqualTo(1);
        assertThat(bases(known, question(Models.model("copy", 1, 1), null))).isEmpty();
        assertThat(bases(known, question(Models.model("copy", 2, 1), null))).containsExactly(Models.id("base"));
    }

    @Test
    void saysTheSameWhateverTheThreadsAndTheBatches() {
        var questions = models.stream().map(model -> question(model, null)).toList();
        var together = join.answer(questions, 3, NOW);
        var oneByOne = new ArrayList<Answer>();
        questions.forEach(question -> oneByOne.addAll(join.answer(List.of(question), 1, NOW)));

        assertThat(together).isEqualTo(oneByOne);
    }

    @Test
    void refusesToWorkWithoutThreads() {
        assertThatThrownBy(() -> join.answer(List.of(), 0, NOW)).hasMessage("threads: expected at least 1, found 0");
    }

    private static List<String> bases(BatchJoin known, Question question) {
        return known.answer(List.of(question), 1, NOW).getFirst().report().getMatches().stream()
                .map(LineageMatch::getModelVersionId)
                .toList();
    }

    private static Answer answer(ModelFingerprint model, @Nullable Instant asOf) {
        return join.answer(List.of(question(model, asOf)), 1, NOW).getFirst();
    }

    private static Question question(ModelFingerprint model, @Nullable Instant asOf) {
        return new Question(model, List.of(), asOf, QueryIds.ofUpload(model));
    }

    /** The live join with one shard; first reports count, purpose and time of reporting do not. */
    private static final class Topology implements AutoCloseable {

        final Map<String, LineageReport> reports = new HashMap<>();
        final Map<String, ConfirmationRequest> requests = new HashMap<>();
        private final WireFormats formats = new WireFormats();
        private final TopologyTestDriver driver;

        Topology() {
            var settings = new Properties();
            settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
            settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
            driver = new TopologyTestDriver(new LineageTopology("", 1, formats.serdes()).get(), settings);
        }

        void publish(ModelFingerprint model) {
            driver.createInputTopic(
                            Topics.MODEL_FINGERPRINTS.name(),
                            new StringSerializer(),
                            formats.serdes().fingerprints().serializer())
                    .pipeInput(model.getModelVersionId(), model);
        }

        void ask(ModelFingerprint model) {
            var id = QueryIds.ofUpload(model);
            driver.createInputTopic(
                            Topics.LINEAGE_QUERIES.name(),
                            new StringSerializer(),
                            formats.serdes().queries().serializer())
                    .pipeInput(id, new LineageQuery(id, QueryPurpose.REVISION, 1, model));
        }

        void read() {
            driver.createOutputTopic(
                            Topics.LINEAGE_REPORTS.name(),
                            new StringDeserializer(),
                            formats.serdes().reports().deserializer())
                    .readValuesToList()
                    .forEach(report -> reports.putIfAbsent(report.getModelVersionId(), comparable(report)));
            driver.createOutputTopic(
                            Topics.CONFIRMATION_REQUESTS.name(),
                            new StringDeserializer(),
                            formats.serdes().requests().deserializer())
                    .readValuesToList()
                    .forEach(request -> requests.putIfAbsent(request.getReport().getModelVersionId(), request));
        }

        private static LineageReport comparable(LineageReport report) {
            return LineageReport.newBuilder(report)
                    .setPurpose(QueryPurpose.UPLOAD)
                    .setReportedAt(NOW)
                    .build();
        }

        @Override
        public void close() {
            driver.close();
            formats.close();
        }
    }
}
