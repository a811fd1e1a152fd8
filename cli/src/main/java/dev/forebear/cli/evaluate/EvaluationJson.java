package dev.forebear.cli.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.evaluate.Mistake.Measure;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import java.util.List;

/** An evaluation as a JSON document; what the zoo holds nothing for is null. */
final class EvaluationJson {

    private final Evaluation evaluation;
    private final List<LineageEntry> models;

    private EvaluationJson(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.models = evaluation.lineage().models();
    }

    static ObjectNode of(Evaluation evaluation) {
        return new EvaluationJson(evaluation).document();
    }

    private ObjectNode document() {
        ObjectNode root = JsonOutput.object();
        root.put("zoo", evaluation.zoo());
        counts(root);
        measures(root);
        childMeasures(root);
        bars(root.putArray("bars"));
        confusion(root.putObject("kinds"));
        relations(root.putArray("relations"));
        mistakes(root.putArray("mistakes"));
        unreadable(root.putArray("unreadable"));
        notComparable(root.putArray("notComparable"));
        verdicts(root.putArray("verdicts"));
        children(root.putArray("children"));
        return root;
    }

    private void counts(ObjectNode root) {
        PairScores pairs = evaluation.pairs();
        root.put("models", models.size());
        root.put("pairs", pairs.pairs().size() + pairs.notCompared().size());
        root.put("comparedPairs", pairs.pairs().size());
        root.put("relatedPairs", pairs.count(Truth.RELATED));
        root.put("ambiguousPairs", pairs.count(Truth.AMBIGUOUS));
        root.put("independentPairs", pairs.count(Truth.INDEPENDENT));
    }

    private void measures(ObjectNode root) {
        PairScores pairs = evaluation.pairs();
        root.put("falseAccusations", pairs.count(Measure.FALSE_ACCUSATION));
        root.put("accusedTrainingPairs", pairs.accusations().trainings().count());
        root.put("independentTrainingPairs", pairs.accusations().trainings().of());
        root.set(
                "falseAccusationRateAtMost",
                JsonOutput.number(pairs.accusations().upperBound()));
        root.put("falseSharedInitialisations", pairs.count(Measure.FALSE_SHARED_INITIALISATION));
        root.put("ambiguousCalledDerived", pairs.count(Measure.AMBIGUOUS_CALLED_DERIVED));
        root.set("relatedFound", JsonOutput.number(pairs.relatedFound().value()));
        root.put("relatedMissed", pairs.count(Measure.RELATED_MISSED));
        root.set("rocAuc", JsonOutput.number(pairs.roc().area()));
        root.set("truePositivesAtZero", JsonOutput.number(pairs.roc().truePositivesAt(0)));
        root.set("truePositivesAtOnePercent", JsonOutput.number(pairs.roc().truePositivesAt(0.01)));
        NullUniformity uniformity = pairs.uniformity();
        root.set("nullKsP", JsonOutput.number(uniformity.ksP()));
        root.set("nullKsPPooled", JsonOutput.number(uniformity.pooledKsP()));
        root.put("nullPValues", uniformity.pValues().length);
        root.put("nullSampleSize", uniformity.sampleSize());
        root.put("nullTrainingPairs", uniformity.trainings());
    }

    private void childMeasures(ObjectNode root) {
        ChildScores children = evaluation.children();
        share(root, "relationAccuracy", children.kinds());
        share(root, "directionAccuracy", children.directions());
        share(root, "directionAbstained", children.abstentions());
        root.put("siblingDirections", children.count(Measure.SIBLING_DIRECTION));
        share(root, "parentAccuracy", children.parents());
        root.set("mergeWeightError", JsonOutput.number(children.largestShareError()));
    }

    private static void share(ObjectNode root, String name, Share share) {
        root.set(name, JsonOutput.number(share.value()));
        root.put(name + "Of", share.of());
    }

    private void confusion(ObjectNode node) {
        evaluation.children().confusion().forEach((expected, named) -> {
            ObjectNode row = node.putObject(expected);
            named.forEach(row::put);
        });
    }

    private void relations(ArrayNode node) {
        for (RelationScores relation : RelationScores.of(evaluation)) {
            ObjectNode entry = node.addObject();
            entry.put("relation", relation.relation());
            entry.put("models", relation.models());
            share(entry, "relatedFound", relation.found());
            entry.put("falseAccusations", relation.accused());
            share(entry, "kind", relation.kinds());
            share(entry, "parents", relation.parents());
            share(entry, "direction", relation.directions());
            share(entry, "directionAbstained", relation.abstentions());
        }
    }

    private void bars(ArrayNode node) {
        for (Bar bar : Bars.of(evaluation)) {
            ObjectNode entry = node.addObject();
            entry.put("measure", bar.measure());
            entry.put("demand", bar.demand());
            entry.put("found", bar.found());
            entry.put("outcome", Words.of(bar.outcome()));
        }
    }

    private void mistakes(ArrayNode node) {
        for (Mistake mistake : evaluation.mistakes()) {
            ObjectNode entry = node.addObject();
            entry.put("measure", mistake.measure().words());
            entry.put("a", mistake.first());
            entry.put("b", mistake.second());
            entry.put("expected", mistake.expected());
            entry.put("found", mistake.found());
            entry.put("evidence", mistake.evidence());
        }
    }

    private void unreadable(ArrayNode node) {
        evaluation.unreadable().forEach(model -> node.add(model.reason()));
    }

    private void notComparable(ArrayNode node) {
        for (NotCompared pair : evaluation.pairs().notCompared()) {
            ObjectNode entry = node.addObject();
            entry.put("a", models.get(pair.later()).id());
            entry.put("b", models.get(pair.earlier()).id());
            entry.put("reason", pair.reason());
        }
    }

    private void verdicts(ArrayNode node) {
        for (ScoredPair pair : evaluation.pairs().pairs()) {
            ObjectNode entry = node.addObject();
            entry.put("a", pair.later().id());
            entry.put("b", pair.earlier().id());
            entry.put("truth", Words.of(pair.truth()));
            entry.put("verdict", Words.of(pair.judged().verdict()));
            entry.set("log10EValue", JsonOutput.number(pair.judged().log10EValue()));
            entry.put("evidence", pair.judged().evidence());
        }
    }

    private void children(ArrayNode node) {
        evaluation.children().children().forEach(child -> child(node.addObject(), child));
    }

    private static void child(ObjectNode node, ScoredChild child) {
        node.put("id", child.entry().id());
        node.put("relation", child.entry().relation());
        node.put("kind", child.entry().kind());
        child.entry().parents().forEach(node.putArray("parents")::add);
        ObjectNode named = node.putObject("namedParents");
        child.named().forEach((id, parent) -> named.set(id, JsonOutput.number(parent.share())));
        node.put("reason", child.reason());
        ArrayNode origins = node.putArray("origins");
        child.origins().forEach((id, claim) -> {
            ObjectNode origin = origins.addObject();
            origin.put("id", id);
            origin.put("kind", claim.kind());
            origin.put("detail", claim.detail());
            origin.put("direction", Words.of(claim.direction()));
            origin.put("directionReason", claim.reason());
        });
    }
}
