package dev.forebear.worker;

import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.declaration.Declaration;
import dev.forebear.checkpoint.declaration.Source;
import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.Adapter;
import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.Functionals;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NeuronScalars;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.PeerFeatures;
import dev.forebear.schemas.wire.PositionalSketch;
import dev.forebear.schemas.wire.TokenizerFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** Turns what was found out about an upload into the record that travels. */
public final class FingerprintRecords {

    /** The promise of the design: a million fingerprints fit in the memory of a few machines. */
    static final int MAX_BYTES = 64 * 1024;

    /** A merge names some tens of models at most; a hostile card could name as many as fill a record. */
    private static final int MAX_DECLARED_BASES = 64;

    private static final int MAX_BASE_NAME_LENGTH = 512;

    private FingerprintRecords() {}

    static ModelFingerprint of(ModelUploaded uploaded, Analysis analysis, Instant now) {
        var builder = ModelFingerprint.newBuilder()
                .setModelVersionId(uploaded.getModelVersionId())
                .setRegistry(uploaded.getRegistry())
                .setName(uploaded.getName())
                .setVersion(uploaded.getVersion())
                .setLocation(uploaded.getLocation())
                .setUploadEventId(uploaded.getEventId())
                .setDeclaredBases(declaredBases(uploaded, analysis))
                .setStableId(uploaded.getStableId())
                .setContents(analysis.contents().files())
                .setLicence(analysis.declarations().licence())
                .setSignature(analysis.signature())
                .setLane(uploaded.getLane())
                .setUploadedAt(uploaded.getUploadedAt())
                .setFingerprintedAt(now)
                .setBytesRead(analysis.totals().bytes())
                .setRequests(Math.clamp(analysis.totals().requests(), 0, Integer.MAX_VALUE))
                .setElapsedMillis(analysis.elapsed().toMillis())
                .setCorrelationId(uploaded.getCorrelationId());
        return switch (analysis) {
            case Analysis.Copied copied ->
                builder.setFingerprint(copied.original().getFingerprint())
                        .setNotAnalysed(copied.original().getNotAnalysed())
                        .build();
            case Analysis.Analysed analysed ->
                builder.setFingerprint(analysed.fingerprint())
                        .setNotAnalysed(withoutEvidence(analysed.fingerprint().getEvidence()))
                        .setAdapter(analysed.adapter() == null ? null : new Adapter(analysed.adapter(), null))
                        .build();
            case Analysis.NotAnalysed failed ->
                builder.setNotAnalysed(new NotAnalysed(failed.cause().word(), failed.message()))
                        .build();
        };
    }

    /**
     * What was found out about an adapter on its base takes the place of what it showed alone; where it could not be
     * put on that base, what it showed alone stays, with the reason.
     *
     * @param adapter as published before, with the base
     */
    static ModelFingerprint onBase(ModelFingerprint adapter, Analysis analysis, Instant now) {
        var builder = ModelFingerprint.newBuilder(adapter)
                .setFingerprintedAt(now)
                .setBytesRead(analysis.totals().bytes())
                .setRequests(Math.clamp(analysis.totals().requests(), 0, Integer.MAX_VALUE))
                .setElapsedMillis(analysis.elapsed().toMillis());
        return switch (analysis) {
            case Analysis.Analysed analysed ->
                builder.setFingerprint(analysed.fingerprint())
                        .setNotAnalysed(withoutEvidence(analysed.fingerprint().getEvidence()))
                        .build();
            case Analysis.Copied ignored -> throw new IllegalStateException("an adapter is never copied");
            case Analysis.NotAnalysed failed ->
                builder.setNotAnalysed(new NotAnalysed(
                                failed.cause().word(), "adapter: could not be put on its base: " + failed.message()))
                        .build();
        };
    }

    /**
     * Weights in a layout that no statistic reads have a digest, which finds copies, and nothing else to compare; null
     * for those that have more.
     */
    public static @Nullable NotAnalysed withoutEvidence(EvidenceFeatures evidence) {
        if (evidence.getPositional() != null || evidence.getNeuronScalars() != null) {
            return null;
        }
        var findings = evidence.getFindings();
        return new NotAnalysed(
                Cause.UNSUPPORTED.word(),
                findings.isEmpty() ? "no tensors that a statistic reads" : findings.getFirst());
    }

    /** Of the announcement, then of the files. */
    private static List<DeclaredBase> declaredBases(ModelUploaded uploaded, Analysis analysis) {
        return declaredBases(
                uploaded.getRegistry(),
                uploaded.getName(),
                List.of(uploaded.getDeclaredBases(), wire(analysis.declarations()), inWeights(analysis)));
    }

    /** What several sources declare of a model; each once, the first ones only, and no hint at the model itself. */
    public static List<DeclaredBase> declaredBases(String registry, String name, List<List<DeclaredBase>> sources) {
        return sources.stream()
                .flatMap(List::stream)
                .filter(base -> base.getName().length() <= MAX_BASE_NAME_LENGTH)
                .filter(base -> base.getStrength() != DeclarationStrength.HINT
                        || !ModelReference.of(base.getName()).means(registry, name))
                .distinct()
                .limit(MAX_DECLARED_BASES)
                .toList();
    }

    /** What the weight files of a copy declare, as those of its original did. */
    private static List<DeclaredBase> inWeights(Analysis analysis) {
        return analysis instanceof Analysis.Copied copied
                ? copied.original().getDeclaredBases().stream()
                        .filter(base -> base.getSource().equals(Source.GGUF.word()))
                        .toList()
                : List.of();
    }

    /** What the files of a checkpoint declare, as it travels. */
    public static List<DeclaredBase> wire(Declarations declarations) {
        return declarations.bases().stream().map(FingerprintRecords::wire).toList();
    }

    private static DeclaredBase wire(Declaration declaration) {
        return new DeclaredBase(
                declaration.name(),
                declaration.relation(),
                declaration.source().word(),
                switch (declaration.strength()) {
                    case STATED -> DeclarationStrength.STATED;
                    case HINT -> DeclarationStrength.HINT;
                },
                declaration.digest());
    }

    /** The fingerprint as it travels. */
    public static Fingerprint wire(dev.forebear.signals.Fingerprint fingerprint) {
        return Fingerprint.newBuilder()
                .setAlgorithmVersion(fingerprint.algorithmVersion())
                .setWeightsDigest(ByteBuffer.wrap(fingerprint.weightsDigest()))
                .setParameters(fingerprint.parameters())
                .setShape(wire(fingerprint.shape()))
                .setPeer(wire(fingerprint.peer()))
                .setEvidence(wire(fingerprint.evidence()))
                .build();
    }

    /** Bytes of a fingerprint in Avro's binary encoding. */
    static int size(Fingerprint fingerprint) {
        var bytes = new ByteArrayOutputStream();
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new SpecificDatumWriter<>(Fingerprint.class).write(fingerprint, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.size();
    }

    private static ModelShape wire(dev.forebear.signals.ModelShape shape) {
        return ModelShape.newBuilder()
                .setModelType(shape.modelType())
                .setHiddenSize(shape.hiddenSize())
                .setLayers(shape.layers())
                .setIntermediateSize(shape.intermediateSize())
                .setAttentionHeads(shape.attentionHeads())
                .setKeyValueHeads(shape.keyValueHeads())
                .setHeadSize(shape.headSize())
                .setVocabularySize(shape.vocabularySize())
                .setExperts(shape.experts())
                .setGatedMlp(shape.gatedMlp())
                .setTiedEmbeddings(shape.tiedEmbeddings())
                .setDtype(shape.dtype())
                .build();
    }

    private static PeerFeatures wire(dev.forebear.signals.peer.PeerFeatures peer) {
        return PeerFeatures.newBuilder()
                .setArchitecture(wire(peer.architecture()))
                .setTokenizer(peer.tokenizer() == null ? null : wire(peer.tokenizer()))
                .setAnchorSimilarities(bigEndian(peer.anchorSimilarities()))
                .setEmbeddingNormHistogram(floats(peer.embeddingNormHistogram()))
                .setLayerEnergyProfile(floats(peer.layerEnergyProfile()))
                .setNormLayerMode(peer.normLayerMode())
                .setNormLayerLength(peer.normLayerLength())
                .setNormLayerSketch(ByteBuffer.wrap(peer.normLayerSketch()))
                .setWeightValueSketches(peer.weightValueSketches().stream()
                        .map(ByteBuffer::wrap)
                        .toList())
                .build();
    }

    private static ArchitectureFeature wire(dev.forebear.signals.peer.ArchitectureFeature architecture) {
        return ArchitectureFeature.newBuilder()
                .setArchitectureHash(architecture.architectureHash())
                .setFamilyHash(architecture.familyHash())
                .setAttentionStyle(architecture.attentionStyle())
                .setNormType(architecture.normType())
                .setPositionEncoding(architecture.positionEncoding())
                .setAttentionBias(architecture.attentionBias())
                .setQueryKeyNorm(architecture.queryKeyNorm())
                .setRopeTheta(architecture.ropeTheta())
                .setBosTokenId(architecture.bosTokenId())
                .setEosTokenId(architecture.eosTokenId())
                .build();
    }

    private static TokenizerFeature wire(dev.forebear.signals.peer.TokenizerFeature tokenizer) {
        return TokenizerFeature.newBuilder()
                .setTokenizerClass(tokenizer.tokenizerClass())
                .setVocabularySize(tokenizer.vocabularySize())
                .setMeanTokenLength(tokenizer.meanTokenLength())
                .setSpaceMarkShare(tokenizer.spaceMarkShare())
                .setScriptShares(Arrays.stream(tokenizer.scriptShares()).boxed().toList())
                .setByteTokens(tokenizer.byteTokens())
                .setMerges(tokenizer.merges())
                .setFirstMergesHash(tokenizer.firstMergesHash())
                .setMergesHash(tokenizer.mergesHash())
                .setBosTokenId(tokenizer.bosTokenId())
                .setEosTokenId(tokenizer.eosTokenId())
                .setPadTokenId(tokenizer.padTokenId())
                .setUnkTokenId(tokenizer.unkTokenId())
                .setMaskTokenId(tokenizer.maskTokenId())
                .setVocabularyMinHash(ByteBuffer.wrap(tokenizer.vocabularyMinHash()))
                .build();
    }

    private static EvidenceFeatures wire(dev.forebear.signals.evidence.EvidenceFeatures evidence) {
        return new EvidenceFeatures(
                wire(evidence.positional()),
                wire(evidence.neuronScalars()),
                wire(evidence.functionals()),
                evidence.findings());
    }

    private static @Nullable PositionalSketch wire(dev.forebear.signals.evidence.@Nullable PositionalSketch sketch) {
        return sketch == null
                ? null
                : PositionalSketch.newBuilder()
                        .setGateUp(ByteBuffer.wrap(sketch.gateUp()))
                        .setGateUpEntries(sketch.gateUpEntries())
                        .setValue(ByteBuffer.wrap(sketch.value()))
                        .setValueEntries(sketch.valueEntries())
                        .setGains(ByteBuffer.wrap(sketch.gains()))
                        .setGainEntries(sketch.gainEntries())
                        .build();
    }

    private static @Nullable NeuronScalars wire(dev.forebear.signals.evidence.@Nullable NeuronScalars scalars) {
        return scalars == null
                ? null
                : NeuronScalars.newBuilder()
                        .setNeurons(scalars.neurons())
                        .setLayers(scalars.layers())
                        .setFirstScalar(ByteBuffer.wrap(scalars.firstScalar()))
                        .setSecondScalar(ByteBuffer.wrap(scalars.secondScalar()))
                        .build();
    }

    private static @Nullable Functionals wire(dev.forebear.signals.evidence.@Nullable Functionals functionals) {
        return functionals == null
                ? null
                : Functionals.newBuilder()
                        .setWidth(functionals.width())
                        .setAnchors(ByteBuffer.wrap(functionals.anchors()))
                        .setGeometry(ByteBuffer.wrap(functionals.geometry()))
                        .setQueryKey(ByteBuffer.wrap(functionals.queryKey()))
                        .setFeedForward(ByteBuffer.wrap(functionals.feedForward()))
                        .build();
    }

    private static ByteBuffer bigEndian(short[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES);
        for (short value : values) {
            bytes.putShort(value);
        }
        return bytes.flip();
    }

    private static List<Float> floats(float[] values) {
        var list = new ArrayList<Float>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
