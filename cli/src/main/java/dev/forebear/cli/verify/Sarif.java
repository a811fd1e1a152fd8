package dev.forebear.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.alerts.policy.RuleSummary;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome in SARIF 2.1.0, the form in which code hosts take findings of analysers. */
final class Sarif {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String VERSION = "2.1.0";

    /** Folder that relative addresses are relative to, by the name that code hosts know. */
    private static final String WORKING_FOLDER = "%SRCROOT%";

    private final Verification verification;
    private final Artifact artifact;
    private final List<RuleSummary> rules;

    private Sarif(Verification verification, Path workingFolder) {
        this.verification = verification;
        this.artifact = Artifact.of(verification.location(), workingFolder);
        this.rules = verification.policy().rules().stream()
                .filter(RuleSummary::enabled)
                .toList();
    }

    /** Writes the document, and the folder that it lies in. */
    static void write(Path file, Verification verification, Path workingFolder, String toolVersion) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(
                file,
                new Sarif(verification, workingFolder).document(toolVersion).toPrettyString() + "\n");
    }

    private ObjectNode document(String toolVersion) {
        LineageReport report = verification.report();
        ObjectNode root = JsonOutput.object().put("$schema", SCHEMA).put("version", VERSION);
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "Forebear").put("version", toolVersion);
        ArrayNode described = driver.putArray("rules");
        rules.forEach(rule -> rule(described.addObject(), rule));
        // Code hosts keep the findings of each such id apart, so that one model does not close those of another.
        run.putObject("automationDetails")
                .put("id", "forebear-verify/" + report.getRegistry() + "/" + report.getName() + "/");
        run.putArray("invocations").addObject().put("executionSuccessful", true);
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode results = run.putArray("results");
        verification.findings().forEach(judged -> result(results.addObject(), judged));
        ObjectNode properties = run.putObject("properties");
        properties.put("model", report.getModelVersionId());
        properties.put("policyVersion", verification.policy().version());
        properties.put("against", verification.held().against());
        properties.put("comparedModels", report.getComparedModels());
        properties.put("incomparableModels", report.getIncomparableModels());
        ArrayNode limits = properties.putArray("limits");
        verification.held().limits().forEach(limits::add);
        return root;
    }

    private static void rule(ObjectNode node, RuleSummary rule) {
        node.put("id", rule.name());
        node.putObject("shortDescription").put("text", rule.about());
        node.putObject("fullDescription").put("text", rule.about());
        node.putObject("help")
                .put("text", rule.about() + " " + Remedy.of(rule.name()))
                .put("markdown", rule.about() + "\n\n**What to do.** " + Remedy.of(rule.name()));
        node.putObject("defaultConfiguration").put("level", level(rule.severity()));
        node.putObject("properties")
                .put("security-severity", score(rule.severity()))
                .putArray("tags")
                .add("security")
                .add("model-lineage");
    }

    private void result(ObjectNode node, Judged judged) {
        Finding finding = judged.finding();
        LineageReport report = verification.report();
        node.put("ruleId", finding.rule());
        int index = rules.stream().map(RuleSummary::name).toList().indexOf(finding.rule());
        if (index >= 0) {
            node.put("ruleIndex", index);
        }
        node.put("level", level(finding.severity()));
        node.putObject("message")
                .put("text", finding.title() + ". " + finding.explanation() + " " + Remedy.of(finding));
        ObjectNode place = node.putArray("locations").addObject();
        ObjectNode physical = place.putObject("physicalLocation");
        ObjectNode file = physical.putObject("artifactLocation").put("uri", artifact.uri());
        if (artifact.isRelative()) {
            file.put("uriBaseId", WORKING_FOLDER);
        }
        physical.putObject("region").put("startLine", 1);
        place.putArray("logicalLocations").addObject().put("fullyQualifiedName", report.getModelVersionId());
        node.putObject("partialFingerprints").put("forebearAlert/v1", VerificationJson.alertId(report, finding));
        suppression(node, judged.exception());
        properties(node.putObject("properties"), judged);
    }

    private static void suppression(ObjectNode node, @Nullable PolicyException exception) {
        if (exception != null) {
            node.putArray("suppressions")
                    .addObject()
                    .put("kind", "external")
                    .put("status", "accepted")
                    .put("justification", exception.getReason());
        }
    }

    private static void properties(ObjectNode node, Judged judged) {
        Ancestor ancestor = judged.finding().ancestor();
        node.put("severity", VerificationText.word(judged.finding().severity()));
        node.put("standing", judged.standing().word());
        if (ancestor != null) {
            LineageMatch match = ancestor.match();
            node.put("ancestor", match.getModelVersionId());
            node.put("verdict", VerificationText.word(match.getVerdict()));
            node.set("log10EValue", JsonOutput.number(match.getLog10EValue()));
            node.put("depth", ancestor.depth());
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    /** On the scale of 0 to 10 by which code hosts sort: the middle of what they call by these words. */
    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
        };
    }
}
