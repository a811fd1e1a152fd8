package dev.forebear.cli.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.peer.PeerComparison;
import dev.forebear.signals.peer.SignalSimilarity;
import dev.forebear.signals.relation.ComponentChange;

/** A comparison as a JSON document. */
final class ComparisonJson {

    private ComparisonJson() {}

    static ObjectNode of(HeadToHead comparison) {
        ObjectNode root = JsonOutput.object();
        side(root.putObject("a"), comparison.a());
        side(root.putObject("b"), comparison.b());
        verdict(root.putObject("verdict"), comparison);
        Descent descent = comparison.descent();
        if (descent != null) {
            descent(root.putObject("descent"), descent);
        }
        ArrayNode evidence = root.putArray("evidence");
        comparison.compared().evidence().forEach(one -> evidence(evidence.addObject(), one));
        if (comparison.evidence().layers() != null) {
            layers(root.putObject("layers"), comparison.evidence().layers());
        }
        peer(root.putObject("peer"), comparison.peer());
        ArrayNode findings = root.putArray("notCompared");
        comparison.notCompared().forEach(findings::add);
        return root;
    }

    private static void side(ObjectNode node, Side side) {
        node.put("location", side.location());
        node.put("name", side.name());
        node.put("modelType", side.shape().modelType());
        node.put("layers", side.shape().layers());
        node.put("hiddenSize", side.shape().hiddenSize());
        node.put("vocabularySize", side.shape().vocabularySize());
        node.put("dtype", side.shape().dtype());
        node.put("parameters", side.parameters());
    }

    private static void verdict(ObjectNode node, HeadToHead comparison) {
        Compared compared = comparison.compared();
        VerdictWords words = comparison.words();
        node.put("name", comparison.judgement().verdict().name());
        node.put("basis", comparison.judgement().basis().name());
        node.put("headline", words.headline());
        node.put("sentence", words.sentence());
        node.put("limits", words.limits());
        node.set("log10PValue", JsonOutput.number(compared.log10PValue()));
        node.set("log10ExactBound", JsonOutput.number(compared.log10ExactBound()));
        node.set("log10EValue", JsonOutput.number(comparison.judgement().log10EValue()));
        node.put("registrySize", comparison.registrySize());
        node.set("effectSize", JsonOutput.number(compared.effectSize()));
        node.set("sharedFunction", JsonOutput.number(compared.sharedFunction()));
        node.put("sameWeights", compared.sameWeights());
        node.put("embeddingInherited", comparison.evidence().embeddingInherited());
    }

    private static void descent(ObjectNode node, Descent descent) {
        node.put("base", descent.base());
        node.put("derived", descent.derived());
        node.put("kind", descent.relation().kind().id());
        node.put("detail", descent.relation().detail());
        node.set("similarity", JsonOutput.number(descent.relation().similarity()));
        node.set("relativeChange", JsonOutput.number(descent.relation().relativeChange()));
        node.put("certainty", descent.direction().certainty().name());
        node.put("reason", descent.direction().reason());
        node.put("whatWasDone", descent.whatWasDone());
        node.put("whichCameFirst", descent.whichCameFirst());
        ArrayNode components = node.putArray("components");
        for (ComponentChange change : descent.relation().components()) {
            ObjectNode component = components.addObject();
            component.put("layer", change.layer());
            component.put("baseLayer", change.baseLayer());
            component.put("component", change.component());
            component.set("similarity", JsonOutput.number(change.similarity()));
            component.set("relativeChange", JsonOutput.number(change.relativeChange()));
            component.set("shareEqual", JsonOutput.number(change.shareEqual()));
            component.put("fate", change.fate().name());
        }
    }

    private static void evidence(ObjectNode node, Evidence evidence) {
        node.put("signal", evidence.signal());
        node.put("statistic", evidence.statistic());
        node.put("decides", HeadToHead.decides(evidence));
        node.set("value", JsonOutput.number(evidence.value()));
        node.set("nullMean", JsonOutput.number(evidence.nullMean()));
        node.set("nullDeviation", JsonOutput.number(evidence.nullDeviation()));
        node.set("log10PValue", JsonOutput.number(evidence.log10PValue()));
        node.set("log10ExactBound", JsonOutput.number(evidence.log10ExactBound()));
        node.put("assumption", evidence.assumption());
    }

    private static void layers(ObjectNode node, LayerMatrix matrix) {
        integers(node.putArray("first"), matrix.layersOfFirst());
        integers(node.putArray("second"), matrix.layersOfSecond());
        Numbers.matrix(node.putArray("z"), matrix.z(), 2);
        Numbers.matrix(node.putArray("similarity"), matrix.similarity(), 4);
    }

    private static void peer(ObjectNode node, PeerComparison peer) {
        ArrayNode signals = node.putArray("signals");
        for (SignalSimilarity signal : peer.signals()) {
            ObjectNode entry = signals.addObject();
            entry.put("signal", signal.signal());
            entry.put("similarity", signal.similarity());
        }
        node.put("architectureTier", peer.architectureTier());
        node.put("tokenizerScore", peer.tokenizerScore());
        node.put("identity", peer.identity().score());
        node.put("identityBand", peer.identity().band().name());
        ObjectNode cosines = node.putObject("weightValueCosines");
        peer.weightValueCosines().forEach((layer, cosine) -> cosines.put(String.valueOf(layer), cosine));
    }

    private static void integers(ArrayNode node, int[] values) {
        for (int value : values) {
            node.add(value);
        }
    }
}
