package dev.forebear.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.declaration.Declaration;
import dev.forebear.checkpoint.plan.ReadPlan;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import dev.forebear.cli.console.JsonOutput;
import java.util.List;

/** An inspection as a JSON document. */
final class InspectionJson {

    private InspectionJson() {}

    static ObjectNode of(Inspection inspection) {
        ObjectNode root = JsonOutput.object();
        root.put("location", inspection.location());
        root.put(
                "modelType",
                inspection.config() == null ? null : inspection.config().modelType());
        root.put("parameters", inspection.parameters());
        root.put("bytes", inspection.bytes());
        root.put(
                "quantisation",
                inspection.quantisation() == null
                        ? null
                        : inspection.quantisation().toString());
        root.put("adapter", inspection.adapter());
        ObjectNode dtypes = root.putObject("parametersByDtype");
        inspection.parametersByDtype().forEach(dtypes::put);
        if (inspection.transformer() != null) {
            architecture(root.putObject("architecture"), inspection.transformer());
        }
        if (inspection.tokenizer() != null) {
            tokenizer(root.putObject("tokenizer"), inspection.tokenizer());
        }
        declarations(root.putObject("declared"), inspection);
        tensors(root.putArray("tensors"), inspection);
        ArrayNode problems = root.putArray("problems");
        inspection.problems().forEach(problem -> problems.add(problem.line()));
        return root;
    }

    /** The same with what reading would cost; at the top that of the fingerprint, which every model costs. */
    static ObjectNode of(Inspection inspection, List<Tier> tiers) {
        ObjectNode root = of(inspection);
        ObjectNode plan = root.putObject("plan");
        tiers.stream()
                .limit(1)
                .forEach(first ->
                        putCost(plan, first.plan().bytes(), first.plan().requests()));
        ArrayNode list = plan.putArray("tiers");
        for (Tier tier : tiers) {
            ObjectNode entry = list.addObject();
            entry.put("tier", tier.number());
            entry.put("name", tier.name());
            putCost(entry, tier.plan().bytes(), tier.plan().requests());
            ArrayNode signals = entry.putArray("signals");
            for (ReadPlan.Cost cost : tier.plan().costs()) {
                ObjectNode signal = signals.addObject();
                signal.put("name", cost.name());
                putCost(signal, cost.bytes(), cost.requests());
            }
        }
        return root;
    }

    private static void putCost(ObjectNode node, long bytes, long requests) {
        node.put("bytes", bytes);
        node.put("requests", requests);
    }

    private static void architecture(ObjectNode node, Transformer transformer) {
        node.put("layout", transformer.layout());
        node.put("normalisation", transformer.normalisation().name());
        node.put("layers", transformer.layers().size());
        node.put("hiddenSize", transformer.hiddenSize());
        node.put("intermediateSize", transformer.intermediateSize());
        node.put("attentionHeads", transformer.attentionHeads());
        node.put("keyValueHeads", transformer.keyValueHeads());
        node.put("headSize", transformer.headSize());
        node.put("vocabularySize", transformer.embedding().rows());
        node.put("gatedMlp", transformer.gated());
        node.put("tiedEmbeddings", transformer.tied());
    }

    private static void tokenizer(ObjectNode node, Tokenizer tokenizer) {
        node.put("kind", tokenizer.kind().name());
        node.put("class", tokenizer.tokenizerClass());
        node.put("size", tokenizer.size());
        node.put("merges", tokenizer.merges().size());
        node.put("specialTokens", tokenizer.specialIds().size());
    }

    private static void declarations(ObjectNode node, Inspection inspection) {
        ArrayNode bases = node.putArray("bases");
        for (Declaration declaration : inspection.declarations().bases()) {
            ObjectNode base = bases.addObject();
            base.put("name", declaration.name());
            base.put("relation", declaration.relation());
            base.put("source", declaration.source().word());
            base.put("strength", declaration.strength().name());
            base.put("digest", declaration.digest());
        }
        node.put("licence", inspection.declarations().licence());
        ArrayNode findings = node.putArray("findings");
        inspection.declarations().findings().forEach(findings::add);
    }

    private static void tensors(ArrayNode node, Inspection inspection) {
        TensorRoles roles = inspection.roles();
        for (Tensor tensor : inspection.tensors()) {
            ObjectNode entry = node.addObject();
            entry.put("name", tensor.name());
            entry.put("dtype", tensor.storedAs());
            ArrayNode shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            ArrayNode played = entry.putArray("roles");
            roles.of(tensor.name()).forEach(played::add);
        }
    }
}
