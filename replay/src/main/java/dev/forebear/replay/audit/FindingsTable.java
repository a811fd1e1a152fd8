package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.LineageMatch;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** {@code findings.csv}: a line for each finding, in the order of the uploads. */
final class FindingsTable implements AutoCloseable {

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

    private final Csv csv;

    FindingsTable(Writer writer) throws IOException {
        csv = new Csv(writer, COLUMNS);
    }

    void add(AuditedModel model) throws IOException {
        for (AuditedFinding finding : model.findings()) {
            row(new Found(model, finding));
        }
    }

    private void row(Found found) throws IOException {
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

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private static String events(AuditedModel model) {
        return model.events().stream()
                .map(event -> "%s/%d@%d %s %s"
                        .formatted(event.topic(), event.partition(), event.offset(), event.at(), event.what()))
                .collect(Collectors.joining("; "));
    }
}
