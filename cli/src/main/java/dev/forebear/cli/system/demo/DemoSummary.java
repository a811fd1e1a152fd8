package dev.forebear.cli.system.demo;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.console.Style;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was found, for a person: what descends from what, what was not disclosed, what was alerted, where the proof is.
 */
final class DemoSummary {

    private final Console console;
    private final List<LineageReport> reports;
    private final Collection<LineageAlert> alerts;
    private final Set<String> alerted;

    DemoSummary(
            Console console,
            List<ZooModel> models,
            Map<String, LineageReport> reports,
            Collection<LineageAlert> alerts) {
        this.console = console;
        this.reports = models.stream()
                .map(model -> reports.get(model.registry().modelVersionId(model)))
                .toList();
        this.alerts = alerts;
        this.alerted =
                alerts.stream().map(LineageAlert::getDerivedModelVersionId).collect(Collectors.toSet());
    }

    void print(URI dashboard, int delivered) {
        printDerived();
        printUnproven();
        printNotAnalysed();
        printTotals(dashboard, delivered);
    }

    private void printDerived() {
        var table = new Table()
                .column("model", Side.LEFT)
                .column("descends from", Side.LEFT)
                .column("what was done", Side.LEFT)
                .column("by chance", Side.RIGHT)
                .column("disclosed", Side.LEFT)
                .column("alert", Side.LEFT);
        for (var report : reports) {
            nearest(report)
                    .ifPresent(base -> table.row(
                            modelId(report.getModelVersionId()),
                            parents(report, base),
                            whatWasDone(base),
                            chance(base),
                            disclosed(report) ? "yes" : "no",
                            alerted.contains(report.getModelVersionId()) ? "raised" : ""));
        }
        console.space();
        console.print(console.styled(Style.STRONG, "What descends from what"));
        console.print(table);
    }

    private static String chance(LineageMatch base) {
        return base.getBasis() == EvidenceBasis.DECLARED ? "declared" : Quantities.chance(base.getLog10EValue());
    }

    /** All parents of a merge, the largest share first; else the nearest. */
    private static String parents(LineageReport report, LineageMatch nearest) {
        var parents = report.getMatches().stream()
                .filter(LineageMatch::getParent)
                .map(match -> modelId(match.getModelVersionId()))
                .collect(Collectors.joining(" + "));
        return parents.isEmpty() ? modelId(nearest.getModelVersionId()) : parents;
    }

    private static String whatWasDone(LineageMatch base) {
        return base.getRelation() == null ? "derived" : base.getRelation().getKind();
    }

    private static Optional<LineageMatch> nearest(LineageReport report) {
        return report.getMatches().stream().filter(LineageMatch::getNearest).findFirst();
    }

    private static boolean disclosed(LineageReport report) {
        return report.getMatches().stream()
                .anyMatch(match -> match.getDeclared()
                        && (match.getVerdict() == Verdict.DERIVED || match.getVerdict() == Verdict.SAME_WEIGHTS));
    }

    private void printUnproven() {
        var names = reports.stream()
                .filter(report ->
                        report.getNotAnalysed() == null && nearest(report).isEmpty())
                .map(DemoSummary::unproven)
                .collect(Collectors.joining(", "));
        console.space();
        console.print(console.styled(Style.STRONG, "No base proven") + ": " + names);
    }

    private static String unproven(LineageReport report) {
        boolean ambiguous = !report.getMatches().isEmpty();
        boolean contradicted = !report.getDeclaredBases().isEmpty();
        return modelId(report.getModelVersionId())
                + (ambiguous ? " (starts from the same numbers as another)" : "")
                + (contradicted
                        ? " (declares " + report.getDeclaredBases().getFirst().getName() + ")"
                        : "");
    }

    private void printNotAnalysed() {
        var table = new Table().column("not analysed", Side.LEFT).column("why", Side.LEFT);
        for (var report : reports) {
            if (report.getNotAnalysed() != null) {
                table.row(
                        modelId(report.getModelVersionId()),
                        report.getNotAnalysed().getMessage());
            }
        }
        if (!table.isEmpty()) {
            console.space();
            console.print(table);
        }
    }

    private void printTotals(URI dashboard, int delivered) {
        long derived =
                reports.stream().filter(report -> nearest(report).isPresent()).count();
        long undisclosed = reports.stream()
                .filter(report -> nearest(report).isPresent() && !disclosed(report))
                .count();
        console.space();
        console.print(String.format(
                "%d models: %d descend from another one here, %d of them without saying so; %d alerts raised,"
                        + " told in %d messages.",
                reports.size(), derived, undisclosed, alerts.size(), delivered));
        alerts.stream()
                .min(Comparator.comparing(LineageAlert::getDerivedModelVersionId))
                .ifPresent(alert -> console.print("The proof of each is on the page, for example " + dashboard
                        + "/#/alerts/" + alert.getAlertId()));
    }

    /** Without the version, which is one for each model here. */
    private static String modelId(String modelVersionId) {
        return modelVersionId.substring(0, modelVersionId.lastIndexOf('@'));
    }
}
