package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.LineageMatch;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code findings.csv}: a line for each finding, in the order of the uploads. */
final class FindingsTable {

    static final List<String> COLUMNS = List.of(
            "modelVersionId",
            "announcedAt",
            "severity",
            "rule",
            "title",
            "explanation",
            "ancestor",
            "ancestorLicence",
            "verdict",
            "log10EValue",
            "basis",
            "odds",
            "declared",
            "change",
            "alertId",
            "alerted",
            "events");

    private final Audit audit;

    FindingsTable(Audit audit) {
        this.audit = audit;
    }

    void write(Writer writer) throws IOException {
        try (var csv = new Csv(writer, COLUMNS);
                Stream<AuditedModel> models = audit.models()) {
            for (Iterator<AuditedModel> all = models.iterator(); all.hasNext(); ) {
                AuditedModel model = all.next();
                for (AuditedFinding finding : model.findings()) {
                    row(csv, new Found(model, finding));
                }
            }
        }
    }

    private static void row(Csv csv, Found found) throws IOException {
        AuditedFinding finding = found.finding();
        LineageMatch ancestor = finding.ancestor();
        Change change = found.change();
        csv.row(
                found.model().upload().getModelVersionId(),
                found.model().upload().getReceivedAt().toString(),
                AuditWords.symbol(finding.severity()),
                finding.rule(),
                finding.title(),
                finding.explanation(),
                ancestor == null ? null : ancestor.getModelVersionId(),
                ancestor == null ? null : ancestor.getLicence(),
                ancestor == null ? null : AuditWords.symbol(ancestor.getVerdict()),
                ancestor == null ? null : AuditWords.finite(ancestor.getLog10EValue()),
                ancestor == null ? null : AuditWords.symbol(ancestor.getBasis()),
                ancestor == null ? null : AuditWords.odds(ancestor),
                ancestor == null ? null : ancestor.getDeclared(),
                change == null ? null : AuditWords.symbol(change),
                finding.alertId(),
                finding.alerted(),
                events(found.model()));
    }

    private static String events(AuditedModel model) {
        return model.events().stream()
                .map(event -> "%s/%d@%d %s %s"
                        .formatted(event.topic(), event.partition(), event.offset(), event.at(), event.what()))
                .collect(Collectors.joining("; "));
    }
}
