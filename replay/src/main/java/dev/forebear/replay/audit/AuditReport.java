package dev.forebear.replay.audit;

import dev.forebear.replay.signing.Envelope;
import dev.forebear.replay.signing.SigningKey;
import dev.forebear.replay.signing.Statement;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The documents that auditors are given: {@code report.html}, {@code report.json}, {@code uploads.csv},
 * {@code findings.csv}, and {@code report.dsse.json} when they are signed. They say the same of the same audit, byte
 * for byte: there is no clock in them. The models are read twice, and never all of them held.
 */
public final class AuditReport {

    /** The page. */
    public static final String PAGE = "report.html";

    /** Everything, for programs. */
    public static final String JSON = "report.json";

    /** A line for each upload. */
    public static final String UPLOADS = "uploads.csv";

    /** A line for each finding. */
    public static final String FINDINGS = "findings.csv";

    /** Names the documents by their digests, and is signed. */
    public static final String ENVELOPE = "report.dsse.json";

    /** What the signed statement says of the documents; docs/audit.md describes it. */
    public static final String PREDICATE_TYPE = "https://forebear.dev/audit-report/v1";

    private static final List<String> DOCUMENTS = List.of(FINDINGS, PAGE, JSON, UPLOADS);

    private AuditReport() {}

    /**
     * Writes the documents. Each appears under its name when it is whole; those of an earlier report are replaced.
     *
     * @param folder is created when it does not exist
     * @param key signs them; empty leaves them unsigned, and takes away an earlier signature
     */
    public static void write(Audit audit, Path folder, Optional<SigningKey> key) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(ENVELOPE));
        var summary = new AuditSummary();
        document(
                folder,
                UPLOADS,
                uploads -> document(
                        folder,
                        FINDINGS,
                        findings -> document(folder, JSON, json -> write(audit, summary, uploads, findings, json))));
        document(folder, PAGE, writer -> new HtmlReport(audit.replay(), summary, key.isPresent()).write(writer));
        if (key.isPresent()) {
            var statement =
                    Statement.over(folder, DOCUMENTS, PREDICATE_TYPE, JsonReport.predicate(audit.replay(), summary));
            byte[] envelope = Envelope.seal(statement, key.get());
            document(folder, ENVELOPE, writer -> writer.write(new String(envelope, StandardCharsets.UTF_8)));
        }
    }

    private static void write(Audit audit, AuditSummary summary, Writer uploads, Writer findings, Writer json)
            throws IOException {
        try (var uploadsTable = new UploadsTable(uploads);
                var findingsTable = new FindingsTable(findings);
                var jsonReport = new JsonReport(json, audit.replay(), summary);
                Stream<AuditedModel> models = audit.models()) {
            for (Iterator<AuditedModel> all = models.iterator(); all.hasNext(); ) {
                AuditedModel model = all.next();
                summary.count(model);
                uploadsTable.add(model);
                findingsTable.add(model);
                jsonReport.add(model);
            }
        }
    }

    private interface Content {
        void writeTo(BufferedWriter writer) throws IOException;
    }

    private static void document(Path folder, String name, Content content) throws IOException {
        Path part = folder.resolve("." + name + ".part");
        try (BufferedWriter writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            content.writeTo(writer);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
