package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.ConfirmedRelative;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

    private WireFormats formats;
    private TopologyTestDriver driver;
    private TestInputTopic<String, ModelFingerprint> fingerprints;
    private TestInputTopic<String, Confirmation> confirmations;
    private TestOutputTopic<String, ConfirmationRequest> requests;
    private TestOutputTopic<String, LineageReport> reports;

    @BeforeEach
    void start() {
        formats = new WireFormats();
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        driver = new TopologyTestDriver(new LineageTopology("", 1, formats.serdes()).get(), settings);
        fingerprints = driver.createInputTopic(
                Topics.MODEL_FINGERPRINTS.name(),
                new StringSerializer(),
                formats.serdes().fingerprints().serializer());
        confirmations = driver.createInputTopic(
                Topics.CONFIRMATIONS.name(),
                new StringSerializer(),
                formats.serdes().confirmations().serializer());
        requests = driver.createOutputTopic(
                Topics.CONFIRMATION_REQUESTS.name(),
                new StringDeserializer(),
                formats.serdes().requests().deserializer());
        reports = driver.createOutputTopic(
                Topics.LINEAGE_REPORTS.name(),
                new StringDeserializer(),
                formats.serdes().reports().deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
        formats.close();
    }

    private void publish(ModelFingerprint model) {
        fingerprints.pipeInput(model.getModelVersionId(), model);
    }

    @Test
    void asksToConfirmAModelThatOnlySharesFunction() {
        publish(Models.withFunction("base", 1, 7, 0));
        publish(Models.withFunction("laundered", 2, 7, 1));

        var request = requests.readValue();
        assertThat(request.getReport().getModelVersionId()).isEqualTo(Models.id("laundered"));
        assertThat(request.getLocation()).isEqualTo("s3://models/laundered/");
        assertThat(request.getRelatives()).singleElement().satisfies(relative -> {
            assertThat(relative.getModelVersionId()).isEqualTo(Models.id("base"));
            assertThat(relative.getLocation()).isEqualTo("s3://models/base/");
        });
        var report = reports.readValuesToList().getLast();
        assertThat(report.getConfirmation()).isEqualTo(ConfirmationState.PENDING);
        assertThat(report.getMatches()).isEmpty();
    }

    @Test
    void asksAgainAboutADisguisedModelWhenItsBaseIsRegisteredLater() {
        publish(Models.withFunction("laundered", 2, 7, 10));
        publish(Models.withFunction("base", 1, 7, 5));

        assertThat(requests.readValuesToList())
                .extracting(request -> request.getReport().getModelVersionId())
                .containsExactly(Models.id("laundered"));
    }

    @Test
    void asksAgainOnceTheFamilyHasStoppedArriving() {
        publish(Models.withFunction("root", 1, 7, 0));
        publish(Models.withFunction("child", 2, 7, 10));
        publish(Models.withFunction("parent", 3, 7, 5));
        publish(Models.withFunction("uncle", 4, 7, 6));
        requests.readValuesToList();

        driver.advanceWallClockTime(DeferredRevisions.PERIOD);
        assertThat(requests.isEmpty()).isTrue();
        driver.advanceWallClockTime(DeferredRevisions.PERIOD);

        assertThat(requests.readValuesToList()).singleElement().satisfies(request -> {
            assertThat(request.getReport().getModelVersionId()).isEqualTo(Models.id("child"));
            assertThat(request.getRelatives())
                    .extracting(LineageCandidate::getModelVersionId)
                    .containsExactly(Models.id("root"), Models.id("parent"), Models.id("uncle"));
        });
    }

    @Test
    void asksNothingAboutStrangersAndCopies() {
        publish(Models.withFunction("base", 1, 7, 0));
        publish(Models.withFunction("copy", 1, 7, 1));
        publish(Models.withFunction("stranger", 3, 8, 2));

        assertThat(requests.isEmpty()).isTrue();
        assertThat(reports.readValuesToList())
                .allSatisfy(report -> assertThat(report.getConfirmation()).isEqualTo(ConfirmationState.NOT_NEEDED));
    }

    @Test
    void namesTheParentThatTheWeightsShow() {
        var request = requested("root", "parent", "sibling");

        var report = confirmed(
                request,
                relative("root", Verdict.DERIVED, false),
                relative("parent", Verdict.DERIVED, true),
                relative("sibling", Verdict.SHARES_AN_ANCESTOR, false));

        assertThat(report.getConfirmation()).isEqualTo(ConfirmationState.CONFIRMED);
        assertThat(report.getReportId()).isEqualTo(request.getReport().getReportId());
        assertThat(report.getMatches())
                .extracting(LineageMatch::getModelVersionId)
                .containsExactly(Models.id("parent"), Models.id("root"), Models.id("sibling"));
        assertThat(report.getMatches()).extracting(LineageMatch::getNearest).containsExactly(true, false, false);
        assertThat(report.getMatches().getFirst().getRelation().getKind()).isEqualTo("fine-tuned");
    }

    @Test
    void leavesOutWhatTheWeightsDoNotShow() {
        var report = confirmed(requested("root"), relative("root", Verdict.NO_EVIDENCE, false));

        assertThat(report.getConfirmation()).isEqualTo(ConfirmationState.CONFIRMED);
        assertThat(report.getMatches()).isEmpty();
    }

    @Test
    void saysWhyNothingCouldBeConfirmed() {
        var request = requested("root");

        confirmations.pipeInput("key", answer(request, List.of(), "s3://models/root/: expected weights, found none"));

        var report = reports.readValuesToList().getLast();
        assertThat(report.getConfirmation()).isEqualTo(ConfirmationState.FAILED);
        assertThat(report.getConfirmationProblems()).containsExactly("s3://models/root/: expected weights, found none");
    }

    @Test
    void takesNoRelativeThatItDidNotAskAbout() {
        var report = confirmed(requested("root"), relative("invented", Verdict.DERIVED, true));

        assertThat(report.getMatches()).isEmpty();
    }

    private ConfirmationRequest requested(String... relatives) {
        for (int i = 0; i < relatives.length; i++) {
            publish(Models.withFunction(relatives[i], i + 1, 7, i));
        }
        publish(Models.withFunction("derived", 9, 7, 9));
        var request = requests.readValuesToList().getLast();
        assertThat(request.getRelatives())
                .extracting(LineageCandidate::getModelVersionId)
                .containsExactly(Arrays.stream(relatives).map(Models::id).toArray(String[]::new));
        return request;
    }

    private LineageReport confirmed(ConfirmationRequest request, ConfirmedRelative... relatives) {
        confirmations.pipeInput("key", answer(request, List.of(relatives)));
        return reports.readValuesToList().getLast();
    }

    private static Confirmation answer(
            ConfirmationRequest request, List<ConfirmedRelative> relatives, String... problems) {
        return Confirmation.newBuilder()
                .setRequest(request)
                .setRelatives(relatives)
                .setProblems(List.of(problems))
                .setBytesRead(1)
                .setElapsedMillis(1)
                .setConfirmedAt(Models.START)
                .build();
    }

    private static ConfirmedRelative relative(String name, Verdict verdict, boolean parent) {
        return ConfirmedRelative.newBuilder()
                .setModelVersionId(Models.id(name))
                .setVerdict(verdict)
                .setBasis(EvidenceBasis.EXACT)
                .setLog10EValue(-80)
                .setEffectSize(0.9)
                .setParent(parent)
                .setRelation(parent ? new LineageRelation("fine-tuned", "", List.of()) : null)
                .setSummary("Agrees.")
                .setEvidence(List.of())
                .build();
    }
}
