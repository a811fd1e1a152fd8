package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.ReferenceFacts;
import dev.forebear.schemas.wire.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineageTopologyTest {

    private static WireFormats formats;

    private TopologyTestDriver driver;
    private TestInputTopic<String, ModelFingerprint> fingerprints;
    private TestInputTopic<String, LineageCandidates> candidates;
    private TestOutputTopic<String, LineageQuery> queries;
    private TestOutputTopic<String, LineageCandidates> answers;
    private TestOutputTopic<String, LineageReport> reports;

    @BeforeAll
    static void startRegistry() {
        formats = new WireFormats();
    }

    @AfterAll
    static void stopRegistry() {
        formats.close();
    }

    @BeforeEach
    void start() {
        startWith(1);
    }

    private void startWith(int shards) {
        driver = new TopologyTestDriver(new LineageTopology("", shards, formats.serdes()).get(), settings());
        fingerprints = driver.createInputTopic(
                Topics.MODEL_FINGERPRINTS.name(),
                new StringSerializer(),
                formats.serdes().fingerprints().serializer());
        candidates = driver.createInputTopic(
                Topics.LINEAGE_CANDIDATES.name(),
                new StringSerializer(),
                formats.serdes().candidates().serializer());
        queries = driver.createOutputTopic(
                Topics.LINEAGE_QUERIES.name(),
                new StringDeserializer(),
                formats.serdes().queries().deserializer());
        answers = driver.createOutputTopic(
                Topics.LINEAGE_CANDIDATES.name(),
                new StringDeserializer(),
                formats.serdes().candidates().deserializer());
        reports = driver.createOutputTopic(
                Topics.LINEAGE_REPORTS.name(),
                new StringDeserializer(),
                formats.serdes().reports().deserializer());
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        return settings;
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void publish(ModelFingerprint model) {
        fingerprints.pipeInput(model.getModelVersionId(), model);
    }

    @Test
    void namesEveryNodeStoreAndTopic() throws IOException {
        try (var golden = getClass().getResourceAsStream("/topology.txt")) {
            var expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(new LineageTopology("", 4, formats.serdes())
                            .get()
                            .describe()
                            .toString())
                    .isEqualTo(expected);
        }
    }

    @Test
    void reportsAModelWithoutRelatives() {
        publish(Models.model("a", 1, 0));

        var report = reports.readValue();
        assertThat(report.getModelVersionId()).isEqualTo(Models.id("a"));
        assertThat(report.getMatches()).isEmpty();
        assertThat(report.getComparedModels()).isZero();
        assertThat(reports.isEmpty()).isTrue();
    }

    @Test
    void namesTheEarlierOfTwoModelsWithTheSameWeightsAsTheBase() {
        publish(Models.model("base", 1, 0));
        publish(Models.model("other", 2, 1));
        publish(Models.model("copy", 1, 2));

        var last = reports.readValuesToList().getLast();
        assertThat(last.getModelVersionId()).isEqualTo(Models.id("copy"));
        assertThat(last.getComparedModels()).isEqualTo(2);
        assertThat(last.getMatches()).singleElement().satisfies(match -> {
            assertThat(match.getModelVersionId()).isEqualTo(Models.id("base"));
            assertThat(match.getVerdict()).isEqualTo(Verdict.SAME_WEIGHTS);
            assertThat(match.getNearest()).isTrue();
            assertThat(match.getDeclared()).isFalse();
        });
    }

    @Test
    void revisesTheReportOfADerivativeWhenItsBaseIsRegisteredLater() {
        publish(Models.model("derived", 1, 10));
        assertThat(reports.readValue().getMatches()).isEmpty();

        publish(Models.model("base", 1, 5));

        var byPurpose = reports.readValuesToList();
        assertThat(byPurpose).hasSize(2);
        assertThat(byPurpose)
                .filteredOn(report -> report.getPurpose() == QueryPurpose.UPLOAD)
                .singleElement()
                .satisfies(report -> assertThat(report.getMatches()).isEmpty());
        assertThat(byPurpose)
                .filteredOn(report -> report.getPurpose() == QueryPurpose.REVISION)
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.getModelVersionId()).isEqualTo(Models.id("derived"));
                    assertThat(report.getMatches())
                            .extracting(LineageMatch::getModelVersionId)
                            .containsExactly(Models.id("base"));
                });
    }

    @Test
    void doesNotReviseAReportThatNamesAnEarlierRelativeAlready() {
        publish(Models.model("root", 1, 0));
        publish(Models.model("derived", 1, 10));
        reports.readValuesToList();

        publish(Models.model("sibling", 1, 5));

        assertThat(reports.readValuesToList())
                .extracting(LineageReport::getModelVersionId)
                .containsExactly(Models.id("sibling"));
    }

    @Test
    void revisesAReportWhenWhatItDeclaresIsRegisteredLater() {
        publish(Models.model("root", 1, 0));
        publish(Models.model("derived", 1, 10, "parent"));
        reports.readValuesToList();

        publish(Models.model("parent", 1, 5));

        assertThat(reports.readValuesToList())
                .filteredOn(report -> report.getPurpose() == QueryPurpose.REVISION)
                .singleElement()
                .satisfies(report -> assertThat(report.getMatches().getFirst().getModelVersionId())
                        .isEqualTo(Models.id("parent")));
    }

    @Test
    void namesADeclaredBaseBeforeAnEarlierRelative() {
        publish(Models.model("grandparent", 1, 0));
        publish(Models.model("parent", 1, 1, "grandparent"));
        publish(Models.model("child", 1, 2, "parent"));

        assertThat(reports.readValuesToList().getLast().getMatches())
                .extracting(LineageMatch::getModelVersionId)
                .containsExactly(Models.id("parent"), Models.id("grandparent"));
    }

    @Test
    void saysOfAReferenceModelWhatItsOwnerSaidAndKnowsItByItsOtherNames() {
        var reference = ModelFingerprint.newBuilder(Models.model("reference", 1, 0))
                .setReference(new ReferenceFacts("Basalt", "quarry-ai", List.of("mirror/basalt-7b")))
                .build();
        publish(reference);
        publish(Models.model("derived", 1, 10, "mirror/basalt-7b"));

        var match = reports.readValuesToList().getLast().getMatches().getFirst();
        assertThat(match.getFamily()).isEqualTo("Basalt");
        assertThat(match.getPublisher()).isEqualTo("quarry-ai");
        assertThat(match.getDeclared()).isTrue();
    }

    @Test
    void answersRepeatedWorkOfAWorkerOnce() {
        publish(Models.model("a", 1, 0));
        publish(Models.model("a", 1, 0));

        assertThat(reports.readValuesToList()).hasSize(1);
    }

    @Test
    void reportsWhatCouldNotBeAnalysedWithoutASearch() {
        publish(Models.notAnalysed("broken", "malformed"));

        var report = reports.readValue();
        assertThat(report.getNotAnalysed().getReason()).isEqualTo("malformed");
        assertThat(queries.isEmpty()).isTrue();
    }

    @Test
    void findsCopiesOfWeightsThatNoStatisticReads() {
        publish(Models.withoutEvidence("packed", 1, 0));
        publish(Models.withoutEvidence("copy", 1, 1));

        var report = reports.readValuesToList().getLast();
        assertThat(report.getNotAnalysed().getReason()).isEqualTo("unsupported");
        assertThat(report.getIncomparableModels()).isEqualTo(1);
        assertThat(report.getMatches()).singleElement().satisfies(match -> {
            assertThat(match.getModelVersionId()).isEqualTo(Models.id("packed"));
            assertThat(match.getVerdict()).isEqualTo(Verdict.SAME_WEIGHTS);
        });
    }

    @Test
    void countsModelsOfAnotherAlgorithmAsIncomparable() {
        publish(Models.ofAlgorithm(99, "old", 1, 0));
        reports.readValuesToList();
        publish(Models.model("new", 1, 1));

        var report = reports.readValue();
        assertThat(report.getMatches()).isEmpty();
        assertThat(report.getIncomparableModels()).isEqualTo(1);
        assertThat(report.getComparedModels()).isZero();
    }

    @Test
    void forgetsAModelThatWasErased() {
        publish(Models.model("base", 1, 0));
        fingerprints.pipeInput(Models.id("base"), null);
        publish(Models.model("copy", 1, 1));

        assertThat(reports.readValuesToList().getLast().getMatches()).isEmpty();
    }

    @Test
    void waitsForEveryShardAndCountsAnAnswerThatComesTwiceOnce() {
        driver.close();
        startWith(3);
        publish(Models.model("a", 1, 0));
        assertThat(reports.isEmpty()).isTrue();

        var first = answers.readValue();
        candidates.pipeInput(first.getQueryId(), first);
        candidates.pipeInput(first.getQueryId(), answerOf(first, 1));
        assertThat(reports.isEmpty()).isTrue();
        candidates.pipeInput(first.getQueryId(), answerOf(first, 2));

        assertThat(reports.readValuesToList()).hasSize(1);
        assertThat(driver.getKeyValueStore(LineageTopology.GATHERED).all().hasNext())
                .isFalse();
    }

    @Test
    void nominatesTheFewModelsOfTheSameFunctionWithoutCallingThemRelatives() {
        IntStream.range(0, 12).forEach(i -> publish(Models.withFunction("stranger-" + i, i, i, i)));
        IntStream.range(20, 32).forEach(i -> publish(Models.withFunction("relative-" + i, i, 99, i)));
        answers.readValuesToList();
        reports.readValuesToList();

        publish(Models.withFunction("hidden", 50, 99, 50));

        assertThat(answers.readValue().getCandidates()).hasSize(8).allSatisfy(candidate -> {
            assertThat(candidate.getName()).startsWith("relative-");
            assertThat(Candidates.toDomain(candidate).nominated()).isTrue();
        });
        assertThat(reports.readValue().getMatches()).isEmpty();
    }

    @Test
    void takesADeclarationOfTheFormerNameOfARenamedModel() {
        publish(Models.model("org/old", 1, 0));
        change(moved("org/old", "org/new", null));
        driver.advanceWallClockTime(FollowChanges.PERIOD);
        publish(Models.model("org/child", 1, 1, "org/new"));

        reports.readValue();
        assertThat(reports.readValue().getMatches())
                .singleElement()
                .satisfies(match -> assertThat(match.getDeclared()).isTrue());
    }

    @Test
    void followsAModelByTheIdThatARenamingLeavesAlone() {
        publish(ModelFingerprint.newBuilder(Models.model("org/old", 1, 0))
                .setStableId("7")
                .build());
        change(moved(null, "org/new", "7"));
        driver.advanceWallClockTime(FollowChanges.PERIOD);
        publish(Models.model("org/child", 1, 1, "org/new"));

        reports.readValue();
        assertThat(reports.readValue().getMatches())
                .singleElement()
                .satisfies(match -> assertThat(match.getDeclared()).isTrue());
    }

    @Test
    void saysAgainWhatAModelWasMadeFromWhenItsRegistryDeclaresTheBaseLater() {
        publish(Models.model("org/base", 1, 0));
        publish(Models.model("org/child", 1, 1));
        reports.readValue();
        var before = reports.readValue();
        assertThat(before.getMatches().getFirst().getDeclared()).isFalse();

        var tag = new DeclaredBase("org/base", null, "registry-tag", DeclarationStrength.STATED, null);
        change(changed("org/child", ModelChangeKind.DECLARATION_CHANGED)
                .setDeclaredBases(List.of(tag))
                .build());
        driver.advanceWallClockTime(FollowChanges.PERIOD);

        var after = reports.readValue();
        assertThat(after.getModelVersionId()).isEqualTo(Models.id("org/child"));
        assertThat(after.getReportId()).isNotEqualTo(before.getReportId());
        assertThat(after.getDeclaredBases()).containsExactly(tag);
        assertThat(after.getMatches().getFirst().getDeclared()).isTrue();

        driver.advanceWallClockTime(FollowChanges.PERIOD);
        assertThat(reports.isEmpty()).isTrue();
    }

    @Test
    void leavesADeclarationAloneThatIsOlderThanTheUpload() {
        publish(Models.model("org/base", 1, 0));
        publish(Models.model("org/child", 1, 1));
        reports.readValuesToList();
        change(changed("org/child", ModelChangeKind.DECLARATION_CHANGED)
                .setChangedAt(Models.START.minusSeconds(1))
                .build());
        driver.advanceWallClockTime(FollowChanges.PERIOD);

        assertThat(reports.isEmpty()).isTrue();
    }

    @Test
    void removesWhatAnAdminOrderedToErase() {
        publish(Models.model("org/base", 1, 0));
        publish(Models.model("org/other", 2, 1));
        change(changed("org/base", ModelChangeKind.ERASED).build());
        driver.advanceWallClockTime(FollowChanges.PERIOD);
        publish(Models.model("org/copy", 1, 70));

        assertThat(tombstones()).containsExactly(Models.id("org/base"));
        assertThat(reports.readValuesToList().getLast().getMatches()).isEmpty();
    }

    @Test
    void keepsAnErasedModelOutThatAWorkerReadMeanwhile() {
        change(changed("org/base", ModelChangeKind.ERASED).build());
        publish(Models.model("org/base", 1, 0));

        assertThat(tombstones()).containsExactly(Models.id("org/base"));
        assertThat(reports.isEmpty()).isTrue();
    }

    @Test
    void takesAModelInThatWasUploadedAfterItsErasure() {
        change(changed("org/base", ModelChangeKind.ERASED).build());
        publish(Models.model("org/base", 1, 70));
        driver.advanceWallClockTime(FollowChanges.PERIOD);

        assertThat(tombstones()).isEmpty();
        assertThat(reports.readValue().getModelVersionId()).isEqualTo(Models.id("org/base"));
    }

    @Test
    void leavesTheOtherVersionsOfAnErasedVersionAlone() {
        publish(Models.model("org/base", 1, 0));
        change(changed("org/base", ModelChangeKind.ERASED).setVersion("2").build());
        driver.advanceWallClockTime(FollowChanges.PERIOD);

        assertThat(tombstones()).isEmpty();
    }

    /** Keys of the deletions that the matcher wrote to its own table. */
    private List<String> tombstones() {
        return driver
                .createOutputTopic(
                        Topics.MODEL_FINGERPRINTS.name(),
                        new StringDeserializer(),
                        formats.serdes().fingerprints().deserializer())
                .readRecordsToList()
                .stream()
                .filter(record -> record.value() == null)
                .map(record -> record.key())
                .toList();
    }

    private void change(ModelChanged change) {
        driver.createInputTopic(
                        Topics.MODEL_CHANGES.name(),
                        new StringSerializer(),
                        formats.serdes().changes().serializer())
                .pipeInput("hub/" + change.getName(), change);
    }

    private static ModelChanged moved(@Nullable String formerName, String name, @Nullable String stableId) {
        return changed(name, ModelChangeKind.MOVED)
                .setFormerName(formerName)
                .setStableId(stableId)
                .build();
    }

    private static ModelChanged.Builder changed(String name, ModelChangeKind change) {
        return ModelChanged.newBuilder()
                .setEventId("event")
                .setRegistry("hub")
                .setName(name)
                .setChange(change)
                .setSender("hugging-face")
                .setChangedAt(Models.START.plusSeconds(60))
                .setReceivedAt(Models.START.plusSeconds(61))
                .setCorrelationId("c");
    }

    private static LineageCandidates answerOf(LineageCandidates answer, int shard) {
        return LineageCandidates.newBuilder(answer).setShard(shard).build();
    }

    @Test
    void leavesScansToThoseWhoAsk() {
        publish(Models.model("base", 1, 0));
        reports.readValuesToList();
        answers.readValuesToList();
        var scan = new LineageQuery("scan-1", QueryPurpose.SCAN, 1, Models.model("mine", 1, 1));

        driver.createInputTopic(
                        Topics.LINEAGE_QUERIES.name(),
                        new StringSerializer(),
                        formats.serdes().queries().serializer())
                .pipeInput("scan-1", scan);

        assertThat(answers.readValue().getCandidates()).hasSize(1);
        assertThat(reports.isEmpty()).isTrue();
    }
}
