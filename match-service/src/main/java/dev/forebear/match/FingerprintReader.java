package dev.forebear.match;

import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.PeerFeatures;
import dev.forebear.schemas.wire.TokenizerFeature;
import dev.forebear.signals.Fingerprint;
import dev.forebear.signals.ModelShape;
import dev.forebear.signals.evidence.Functionals;
import dev.forebear.signals.evidence.NeuronScalars;
import dev.forebear.signals.evidence.PositionalSketch;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the fingerprint of the wire into that of the mathematics. */
public final class FingerprintReader {

    private FingerprintReader() {}

    public static Fingerprint toDomain(dev.forebear.schemas.wire.Fingerprint wire) {
        return new Fingerprint(
                wire.getAlgorithmVersion(),
                weightsDigest(wire),
                wire.getParameters(),
                shape(wire.getShape()),
                peer(wire.getPeer()),
                evidence(wire.getEvidence()));
    }

    static byte[] weightsDigest(dev.forebear.schemas.wire.Fingerprint wire) {
        return bytes(wire.getWeightsDigest());
    }

    private static ModelShape shape(dev.forebear.schemas.wire.ModelShape wire) {
        return new ModelShape(
                wire.getModelType(),
                wire.getHiddenSize(),
                wire.getLayers(),
                wire.getIntermediateSize(),
                wire.getAttentionHeads(),
                wire.getKeyValueHeads(),
                wire.getHeadSize(),
                wire.getVocabularySize(),
                wire.getExperts(),
                wire.getGatedMlp(),
                wire.getTiedEmbeddings(),
                wire.getDtype());
    }

    private static dev.forebear.signals.peer.PeerFeatures peer(PeerFeatures wire) {
        return new dev.forebear.signals.peer.PeerFeatures(
                architecture(wire.getArchitecture()),
                wire.getTokenizer() == null ? null : tokenizer(wire.getTokenizer()),
                shorts(wire.getAnchorSimilarities()),
                floats(wire.getEmbeddingNormHistogram()),
                floats(wire.getLayerEnergyProfile()),
                wire.getNormLayerMode(),
                wire.getNormLayerLength(),
                bytes(wire.getNormLayerSketch()),
                wire.getWeightValueSketches().stream()
                        .map(FingerprintReader::bytes)
                        .toList());
    }

    private static dev.forebear.signals.peer.ArchitectureFeature architecture(ArchitectureFeature wire) {
        return new dev.forebear.signals.peer.ArchitectureFeature(
                wire.getArchitectureHash(),
                wire.getFamilyHash(),
                wire.getAttentionStyle(),
                wire.getNormType(),
                wire.getPositionEncoding(),
                wire.getAttentionBias(),
                wire.getQueryKeyNorm(),
                wire.getRopeTheta(),
                wire.getBosTokenId(),
                wire.getEosTokenId());
    }

    private static dev.forebear.signals.peer.TokenizerFeature tokenizer(TokenizerFeature wire) {
        return new dev.forebear.signals.peer.TokenizerFeature(
                wire.getTokenizerClass(),
                wire.getVocabularySize(),
                wire.getMeanTokenLength(),
                wire.getSpaceMarkShare(),
                wire.getScriptShares().stream().mapToDouble(Double::doubleValue).toArray(),
                wire.getByteTokens(),
                wire.getMerges(),
                wire.getFirstMergesHash(),
                wire.getMergesHash(),
                wire.getBosTokenId(),
                wire.getEosTokenId(),
                wire.getPadTokenId(),
                wire.getUnkTokenId(),
                wire.getMaskTokenId(),
                bytes(wire.getVocabularyMinHash()));
    }

    private static dev.forebear.signals.evidence.EvidenceFeatures evidence(EvidenceFeatures wire) {
        return new dev.forebear.signals.evidence.EvidenceFeatures(
                positional(wire.getPositional()),
                neuronScalars(wire.getNeuronScalars()),
                functionals(wire.getFunctionals()),
                wire.getFindings());
    }

    private static @Nullable PositionalSketch positional(dev.forebear.schemas.wire.@Nullable PositionalSketch wire) {
        return wire == null
                ? null
                : new PositionalSketch(
                        bytes(wire.getGateUp()),
                        wire.getGateUpEntries(),
                        bytes(wire.getValue()),
                        wire.getValueEntries(),
                        bytes(wire.getGains()),
                        wire.getGainEntries());
    }

    private static @Nullable NeuronScalars neuronScalars(dev.forebear.schemas.wire.@Nullable NeuronScalars wire) {
        return wire == null
                ? null
                : new NeuronScalars(
                        wire.getNeurons(),
                        wire.getLayers(),
                        bytes(wire.getFirstScalar()),
                        bytes(wire.getSecondScalar()));
    }

    private static @Nullable Functionals functionals(dev.forebear.schemas.wire.@Nullable Functionals wire) {
        return wire == null
                ? null
                : new Functionals(
                        wire.getWidth(),
                        bytes(wire.getQueryKey()),
                        bytes(wire.getFeedForward()),
                        bytes(wire.getAnchors()),
                        bytes(wire.getGeometry()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static short[] shorts(ByteBuffer buffer) {
        var shorts = new short[buffer.remaining() / Short.BYTES];
        buffer.duplicate().asShortBuffer().get(shorts);
        return shorts;
    }

    private static float[] floats(List<Float> values) {
        var floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }
}
