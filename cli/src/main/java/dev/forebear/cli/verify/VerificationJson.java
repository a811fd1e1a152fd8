package dev.forebear.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.alerts.AlertId;
import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.PolicyException;
import org.jspecify.annotations.Nullable;

/** The outcome for programs. */
final class VerificationJson {

    private VerificationJson() {}

    static ObjectNode of(Verification verification) {
        LineageReport report = verification.report();
        ObjectNode root = JsonOutput.object();
        root.put("model", report.getModelVersionId());
        root.put("location", verification.location());
        root.put("violated", verification.isViolated());
        root.putObject("policy")
                .put("name", verification.policyName())
                .put("version", verification.policy().version());
        root.put("against", verification.held().against());
        root.put("comparedModels", report.getComparedModels());
        root.put("incomparableModels", report.getIncomparableModels());
        notAnalysed(root, report.getNotAnalysed());
        ArrayNode findings = root.putArray("findings");
        verification.findings().forEach(judged -> finding(findings.addObject(), report, judged));
        ArrayNode ancestors = root.putArray("ancestors");
        verification.held().subject().ancestors().forEach(ancestor -> ancestor(ancestors.addObject(), ancestor));
        ArrayNode limits = root.putArray("limits");
        verification.held().limits().forEach(limits::add);
        return root;
    }

    private static void notAnalysed(ObjectNode root, @Nullable NotAnalysed why) {
        if (why == null) {
            root.putNull("notAnalysed");
        } else {
            root.putObject("notAnalysed").put("reason", why.getReason()).put("message", why.getMessage());
        }
    }

    private static void finding(ObjectNode node, LineageReport report, Judged judged) {
        Finding finding = judged.finding();
        Ancestor ancestor = finding.ancestor();
        node.put("alertId", alertId(report, finding));
        node.put("rule", finding.rule());
        node.put("severity", VerificationText.word(finding.severity()));
        node.put("standing", judged.standing().word());
        node.put("title", finding.title());
        node.put("explanation", finding.explanation());
        node.put("remedy", Remedy.of(finding));
        if (ancestor == null) {
            node.putNull("ancestor");
        } else {
            ancestor(node.putObject("ancestor"), ancestor);
        }
        PolicyException exception = judged.exception();
        if (exception == null) {
            node.putNull("exception");
        } else {
            node.putObject("exception")
                    .put("id", exception.getExceptionId())
                    .put("owner", exception.getOwner())
                    .put("reason", exception.getReason())
                    .put("expiresAt", exception.getExpiresAt().toString());
        }
    }

    /**
     * Identity of the alert that the finding would raise, and does raise once the model is uploaded under this name.
     */
    static String alertId(LineageReport report, Finding finding) {
        return AlertId.of(report.getRegistry() + "/" + report.getName(), finding.rule(), Judged.baseModelId(finding));
    }

    private static void ancestor(ObjectNode node, Ancestor ancestor) {
        LineageMatch match = ancestor.match();
        node.put("model", match.getModelVersionId());
        node.put("verdict", VerificationText.word(match.getVerdict()));
        node.put("basis", VerificationText.word(match.getBasis()));
        node.set("log10EValue", JsonOutput.number(match.getLog10EValue()));
        node.set("effectSize", JsonOutput.number(match.getEffectSize()));
        node.put("declared", match.getDeclared());
        node.put("nearest", match.getNearest());
        node.put("parent", match.getParent());
        node.put("licence", match.getLicence());
        node.put("depth", ancestor.depth());
        node.put("way", VerificationText.word(ancestor.way()));
        node.put("through", ancestor.through());
    }
}
