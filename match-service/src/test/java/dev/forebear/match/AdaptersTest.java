package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Adapter;
import dev.forebear.schemas.wire.AdapterBase;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.Verdict;
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

class AdaptersTest {

    private WireFormats formats;
    private TopologyTestDriver driver;
    private TestInputTopic<String, ModelFingerprint> fingerprints;
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

    @Test
    void asksToFingerprintAnAdapterOnTheBaseThatItDeclares() {
        publish(Models.withFunction("base", 1, 7, 0));
        publish(adapter(9, "Org/Base"));

        var request = requests.readValue();
        assertThat(request.getReport().getModelVersionId()).isEqualTo(Models.id("adapter"));
        assertThat(request.getRelatives()).isEmpty();
        assertThat(request.getAdapter().getAdapter().getBase())
                .isEqualTo(new AdapterBase(Models.id("base"), "s3://models/base/"));
        var report = reports.readValuesToList().getLast();
        assertThat(report.getConfirmation()).isEqualTo(ConfirmationState.PENDING);
        assertThat(report.getMatches()).isEmpty();
    }

    @Test
    void asksWhenTheBaseComesLater() {
        publish(adapter(9, "base"));
        assertThat(requests.isEmpty()).isTrue();
        assertThat(reports.readValue().getNotAnalysed().getMessage()).contains("base was not found");

        publish(Models.withFunction("base", 1, 7, 20));

        assertThat(requests.readValuesToList())
                .extracting(
                        request -> request.getAdapter().getAdapter().getBase().getModelVersionId())
                .containsExactly(Models.id("base"));
    }

    @Test
    void takesTheVersionBeforeTheAdapterAndNoOtherModel() {
        publish(version(Models.withFunction("base", 1, 7, 0), "1"));
        publish(version(Models.withFunction("base", 2, 7, 5), "2"));
        publish(version(Models.withFunction("base", 3, 7, 15), "3"));
        publish(Models.withFunction("other", 4, 7, 8));
        requests.readValuesToList();
        publish(adapter(9, "base"));

        assertThat(requests.readValue().getAdapter().getAdapter().getBase().getModelVersionId())
                .isEqualTo("hub/base@2");
    }

    @Test
    void asksNothingAboutAnAdapterWhoseBaseIsUnknownOrNotAnalysed() {
        publish(Models.notAnalysed("base", "malformed"));
        publish(Models.withFunction("other", 1, 7, 0));
        publish(adapter(9, "base"));

        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void saysThatTheBaseIsDeclaredAndProvesNothing() {
        publish(Models.withFunction("base", 1, 7, 0));
        publish(Models.withFunction("sibling", 2, 7, 1));
        publish(adapter(9, "base"));
        requests.readValuesToList();
        publish(onBase(3));

        var request = requests.readValuesToList().getLast();
        assertThat(request.getAdapter().getAdapter().getBase().getLocation()).isEqualTo("s3://models/base/");
        assertThat(request.getRelatives()).hasSize(2);
        var report = reports.readValuesToList().getLast();
        assertThat(report.getNotAnalysed()).isNull();
        var first = report.getMatches().getFirst();
        assertThat(first.getModelVersionId()).isEqualTo(Models.id("base"));
        assertThat(first.getVerdict()).isEqualTo(Verdict.DERIVED);
        assertThat(first.getBasis()).isEqualTo(EvidenceBasis.DECLARED);
        assertThat(first.getLog10EValue()).isZero();
        assertThat(first.getDeclared()).isTrue();
        assertThat(first.getRelation().getKind()).isEqualTo("adapter");
        assertThat(first.getSummary()).contains("is not proven");
    }

    @Test
    void asksNothingMoreAboutAnAdapterThatDoesNotFit() {
        publish(Models.withFunction("base", 1, 7, 0));
        publish(adapter(9, "base"));
        requests.readValuesToList();
        publish(ModelFingerprint.newBuilder(adapter(9, "base"))
                .setAdapter(onBase(9).getAdapter())
                .setFingerprintedAt(Models.START.plusSeconds(50))
                .setNotAnalysed(new NotAnalysed("malformed", "adapter: could not be put on its base"))
                .build());

        assertThat(requests.isEmpty()).isTrue();
        var report = reports.readValuesToList().getLast();
        assertThat(report.getNotAnalysed().getReason()).isEqualTo("malformed");
        assertThat(report.getConfirmation()).isEqualTo(ConfirmationState.NOT_NEEDED);
    }

    @Test
    void saysAgainWhatAReportMayWaitFor() {
        publish(Models.withFunction("base", 1, 7, 0));
        publish(adapter(9, "base"));
        publish(onBase(3));
        publish(adapter(9, "base"));
        reports.readValuesToList();
        assertThat(requests.readValuesToList()).isNotEmpty();

        publish(ModelFingerprint.newBuilder(onBase(3))
                .setFingerprintedAt(Models.START.plusSeconds(99))
                .build());

        assertThat(reports.readValuesToList().getLast().getNotAnalysed()).isNull();
    }

    private void publish(ModelFingerprint model) {
        fingerprints.pipeInput(model.getModelVersionId(), model);
    }

    private static ModelFingerprint version(ModelFingerprint model, String version) {
        return ModelFingerprint.newBuilder(model)
                .setModelVersionId("hub/base@" + version)
                .setVersion(version)
                .build();
    }

    /** An adapter alone: its digest, and why there is nothing else. */
    private static ModelFingerprint adapter(int weights, String declared) {
        return ModelFingerprint.newBuilder(Models.model("adapter", weights, 10, declared))
                .setNotAnalysed(new NotAnalysed("unsupported", "found an adapter whose base was not found"))
                .setAdapter(new Adapter("LoRA of rank 4 on q_proj", null))
                .build();
    }

    private static ModelFingerprint onBase(int weights) {
        var merged = Models.withFunction("adapter", weights, 7, 10);
        return ModelFingerprint.newBuilder(adapter(9, "base"))
                .setFingerprint(merged.getFingerprint())
                .setFingerprintedAt(Models.START.plusSeconds(50))
                .setNotAnalysed(null)
                .setAdapter(new Adapter(
                        "LoRA of rank 4 on q_proj", new AdapterBase(Models.id("base"), "s3://models/base/")))
                .build();
    }
}
