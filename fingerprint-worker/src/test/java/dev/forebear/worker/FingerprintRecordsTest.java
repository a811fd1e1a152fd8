package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.declaration.Declaration;
import dev.forebear.checkpoint.declaration.Source;
import dev.forebear.checkpoint.declaration.Strength;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.signals.Fingerprint;
import dev.forebear.signals.ModelShape;
import dev.forebear.signals.evidence.EvidenceFeatures;
import dev.forebear.signals.evidence.Functionals;
import dev.forebear.signals.evidence.NeuronScalars;
import dev.forebear.signals.evidence.PositionalSketch;
import dev.forebear.signals.peer.ArchitectureFeature;
import dev.forebear.signals.peer.PeerFeatures;
import dev.forebear.signals.peer.TokenizerFeature;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class FingerprintRecordsTest {

    private static final int LAYERS = 126;
    private static final int HIDDEN_SIZE = 16_384;
    private static final int VOCABULARY = 256_000;
    private static final Instant NOW = Instant.ofEpochMilli(1_795_161_602_000L);

    private final Random random = new Random(1);

    @Test
    void theFingerprintOfTheLargestSupportedShapeFitsIn64Kibibytes() {
        int size = FingerprintRecords.size(FingerprintRecords.wire(largest()));
        assertThat(size).isBetween(32 * 1024, 64 * 1024);
    }

    @Test
    void everyPartOfAFingerprintTravelsUnderItsOwnName() throws Exception {
        Fingerprint fingerprint = largest();
        assertSame("fingerprint", fingerprint, FingerprintRecords.wire(fingerprint));
    }

    @Test
    void whatCouldNotBeComputedStaysAbsent() {
        Fingerprint whole = largest();
        var without = new Fingerprint(
                1,
                whole.weightsDigest(),
                whole.parameters(),
                whole.shape(),
                whole.peer(),
                new EvidenceFeatures(null, null, null, List.of("no layers")));
        var evidence = FingerprintRecords.wire(without).getEvidence();
        assertThat(evidence.getPositional()).isNull();
        assertThat(evidence.getNeuronScalars()).isNull();
        assertThat(evidence.getFunctionals()).isNull();
        assertThat(evidence.getFindings()).containsExactly("no layers");
    }

    @Test
    void declarationsOfAnnouncementCardAndAdapterAreMergedEachOnce() {
        var uploaded =
                uploaded(List.of(new DeclaredBase("a/x", "finetune", "webhook", DeclarationStrength.STATED, null)));
        var declarations = new Declarations(
                List.of(
                        Declaration.stated(Source.MODEL_CARD, "a/x", "merge"),
                        Declaration.stated(Source.MODEL_CARD, "a/y", "merge"),
                        Declaration.stated(Source.MODEL_CARD, "a/y", "merge"),
                        Declaration.stated(Source.ADAPTER_CONFIG, "a/z", "adapter")),
                "mit",
                List.of());
        var record = FingerprintRecords.of(uploaded, failed(declarations), NOW);
        assertThat(record.getDeclaredBases())
                .containsExactly(
                        new DeclaredBase("a/x", "finetune", "webhook", DeclarationStrength.STATED, null),
                        new DeclaredBase("a/x", "merge", "model-card", DeclarationStrength.STATED, null),
                        new DeclaredBase("a/y", "merge", "model-card", DeclarationStrength.STATED, null),
                        new DeclaredBase("a/z", "adapter", "adapter-config", DeclarationStrength.STATED, null));
        assertThat(record.getLicence()).isEqualTo("mit");
    }

    @Test
    void aCardCannotFillTheRecord() {
        var bases = IntStream.range(0, 10_000)
                .mapToObj(i -> Declaration.stated(Source.MODEL_CARD, "base-" + i, null))
                .toList();
        var declarations = new Declarations(bases, null, List.of());
        var announced = new DeclaredBase("x".repeat(100_000), null, "webhook", DeclarationStrength.STATED, null);
        assertThat(FingerprintRecords.of(uploaded(List.of(announced)), failed(declarations), NOW)
                        .getDeclaredBases())
                .hasSize(64)
                .allMatch(base -> base.getName().length() < 20);
    }

    @Test
    void leavesOutAHintAtTheModelItself() {
        var declarations = new Declarations(
                List.of(
                        new Declaration("Internal/Model", null, Source.CONFIG, Strength.HINT, null),
                        new Declaration("a/x", null, Source.CONFIG, Strength.HINT, null)),
                null,
                List.of());
        assertThat(FingerprintRecords.of(uploaded(List.of()), failed(declarations), NOW)
                        .getDeclaredBases())
                .containsExactly(new DeclaredBase("a/x", null, "config", DeclarationStrength.HINT, null));
    }

    @Test
    void anUploadThatWasNotAnalysedSaysWhy() {
        var record = FingerprintRecords.of(uploaded(List.of()), failed(Declarations.NONE), NOW);
        assertThat(record.getFingerprint()).isNull();
        assertThat(record.getNotAnalysed().getReason()).isEqualTo("malformed");
        assertThat(record.getNotAnalysed().getMessage()).isEqualTo("model.safetensors: truncated");
        assertThat(record.getBytesRead()).isEqualTo(77);
        assertThat(record.getRequests()).isEqualTo(5);
        assertThat(record.getElapsedMillis()).isEqualTo(1_200);
        assertThat(record.getFingerprintedAt()).isEqualTo(NOW);
        assertThat(record.getLane()).isEqualTo(Lane.BULK);
    }

    private static Analysis failed(Declarations declarations) {
        return new Analysis.NotAnalysed(
                Cause.MALFORMED,
                "model.safetensors: truncated",
                declarations,
                null,
                new ReadTotals(77, 5),
                Duration.ofMillis(1_200));
    }

    private static ModelUploaded uploaded(List<DeclaredBase> declared) {
        return ModelUploaded.newBuilder()
                .setEventId("event")
                .setModelVersionId("internal/model@1")
                .setRegistry("internal")
                .setName("model")
                .setVersion("1")
                .setLocation("s3://models/model/")
                .setSender("s3")
                .setLane(Lane.BULK)
                .setContents(List.of())
                .setDeclaredBases(declared)
                .setUploadedAt(Instant.EPOCH)
                .setReceivedAt(Instant.EPOCH)
                .setCorrelationId("c")
                .build();
    }

    /** Every component of a record against the field of the same name; arrays as Avro carries them. */
    private void assertSame(String path, Record domain, SpecificRecord wire) throws Exception {
        assertThat(wire.getSchema().getFields())
                .as(path)
                .hasSameSizeAs(domain.getClass().getRecordComponents());
        for (RecordComponent component : domain.getClass().getRecordComponents()) {
            Object value = component.getAccessor().invoke(domain);
            Object found =
                    wire.get(wire.getSchema().getField(component.getName()).pos());
            String name = path + "." + component.getName();
            if (value instanceof Record record) {
                assertSame(name, record, (SpecificRecord) found);
            } else {
                assertThat(found).as(name).isEqualTo(wireForm(value));
            }
        }
    }

    private static Object wireForm(Object value) {
        return switch (value) {
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case short[] shorts -> {
                var bytes = ByteBuffer.allocate(2 * shorts.length);
                bytes.asShortBuffer().put(shorts);
                yield bytes;
            }
            case float[] floats -> {
                var list = new ArrayList<Float>();
                for (float element : floats) {
                    list.add(element);
                }
                yield list;
            }
            case double[] doubles -> {
                var list = new ArrayList<Double>();
                for (double element : doubles) {
                    list.add(element);
                }
                yield list;
            }
            case List<?> list ->
                list.stream().map(FingerprintRecordsTest::wireForm).toList();
            default -> value;
        };
    }

    /** All features at their maximum sizes, every number another one. */
    private Fingerprint largest() {
        return new Fingerprint(
                1,
                bytes(32),
                405_000_000_000L,
                new ModelShape("llama", HIDDEN_SIZE, LAYERS, 53_248, 128, 8, 127, VOCABULARY, 1, true, false, "BF16"),
                new PeerFeatures(
                        architecture(),
                        tokenizer(),
                        shorts(64 * 63 / 2),
                        floats(20),
                        floats(LAYERS),
                        "direct",
                        2 * LAYERS * HIDDEN_SIZE,
                        bytes(256),
                        IntStream.range(0, LAYERS).mapToObj(i -> bytes(64)).toList()),
                new EvidenceFeatures(
                        new PositionalSketch(
                                bytes(512), 16 * HIDDEN_SIZE, bytes(512), 15 * HIDDEN_SIZE, bytes(512), HIDDEN_SIZE),
                        new NeuronScalars(16, LAYERS, bytes(16 * LAYERS), bytes(16 * LAYERS)),
                        new Functionals(40, bytes(6 * 1600), bytes(6 * 1600), bytes(1024), bytes(820)),
                        IntStream.range(0, 20)
                                .mapToObj(i -> "model.layers." + i + ".mlp.gate_proj.weight: " + "x".repeat(150))
                                .toList()));
    }

    private static ArchitectureFeature architecture() {
        return new ArchitectureFeature(
                "a".repeat(64), "b".repeat(64), "GQA", "rmsnorm", "rope", true, false, 500_000.0, 128_000, 128_001);
    }

    private TokenizerFeature tokenizer() {
        return new TokenizerFeature(
                "PreTrainedTokenizerFast",
                VOCABULARY,
                6.1,
                0.42,
                new double[] {0.5, 0.2, 0.1, 0.1, 0.05, 0.05},
                true,
                280_147,
                "c".repeat(64),
                "d".repeat(64),
                1,
                2,
                3,
                4,
                5,
                bytes(256));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private short[] shorts(int count) {
        short[] shorts = new short[count];
        for (int i = 0; i < count; i++) {
            shorts[i] = (short) random.nextInt();
        }
        return shorts;
    }

    private float[] floats(int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = random.nextFloat();
        }
        return floats;
    }
}
