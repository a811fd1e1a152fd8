package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** {@code uploads.csv}: a line for each upload. */
final class UploadsTable implements AutoCloseable {

    static final List<String> COLUMNS = List.of(
            "modelVersionId",
            "registry",
            "name",
            "version",
            "announcedAt",
            "uploadedAt",
            "uploadedBy",
            "analysed",
            "notAnalysedReason",
            "notAnalysedMessage",
            "declaredBases",
            "nearestAncestor",
            "verdict",
            "log10EValue",
            "basis",
            "provenAncestors",
            "newAncestors",
            "goneAncestors",
            "reportedThen",
            "findings",
            "severity",
            "unconfirmed",
            "comparedModels",
            "incomparableModels",
            "reportId");

    private final Csv csv;

    UploadsTable(Writer writer) throws IOException {
        csv = new Csv(writer, COLUMNS);
    }

    void add(AuditedModel model) throws IOException {
        ModelUploaded upload = model.upload();
        UploadLine line = UploadLine.of(model);
        NotAnalysed not = line.unanalysed();
        LineageMatch nearest = line.nearest();
        csv.row(
                upload.getModelVersionId(),
                upload.getRegistry(),
                upload.getName(),
                upload.getVersion(),
                upload.getReceivedAt().toString(),
                upload.getUploadedAt().toString(),
                upload.getUploadedBy(),
                not == null,
                not == null ? null : not.getReason(),
                not == null ? null : not.getMessage(),
                declared(model),
                nearest == null ? null : nearest.getModelVersionId(),
                nearest == null ? null : AuditWords.symbol(nearest.getVerdict()),
                nearest == null ? null : AuditWords.finite(nearest.getLog10EValue()),
                nearest == null ? null : AuditWords.symbol(nearest.getBasis()),
                line.proven(),
                changes(model, Change.NEW),
                changes(model, Change.GONE),
                model.then() != null,
                line.findings(),
                line.severity() == null ? null : AuditWords.symbol(line.severity()),
                String.join("; ", model.unconfirmed()),
                model.report().getComparedModels(),
                model.report().getIncomparableModels(),
                model.report().getReportId());
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private static String declared(AuditedModel model) {
        return model.report().getDeclaredBases().stream()
                .map(DeclaredBase::getName)
                .collect(Collectors.joining("; "));
    }

    private static long changes(AuditedModel model, Change change) {
        return model.ancestors().stream()
                .filter(ancestor -> ancestor.change() == change)
                .count();
    }
}
