package dev.forebear.cli.replay;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.Style;
import dev.forebear.replay.audit.AuditReport;
import dev.forebear.replay.signing.Envelope;
import dev.forebear.replay.signing.NotVerified;
import dev.forebear.replay.signing.Statement;
import dev.forebear.replay.signing.VerificationKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay verify DIR}: whether the documents of an audit are those that were signed. */
@Command(
        name = "verify",
        description = "Check the signature of an audit report, and that its documents are those that were signed.",
        footer = {
            "",
            "Examples:",
            "  forebear replay verify audit-2026 --key auditor.pub.pem",
            "",
            "docs/audit.md says how to check the same with openssl alone."
        })
public final class ReplayVerifyCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "Folder with the documents.")
    private Path folder = Path.of(".");

    @Option(
            names = "--key",
            paramLabel = "PUBLIC.pem",
            required = true,
            description = "Public key of whoever signed it: Ed25519 or ECDSA P-256, in PEM.")
    private Path key = Path.of("");

    public ReplayVerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        VerificationKey verification = VerificationKey.read(key);
        try {
            return report(Envelope.open(folder.resolve(AuditReport.ENVELOPE), verification));
        } catch (NotVerified refused) {
            console.error(String.valueOf(refused.getMessage()));
            return ExitCode.CHECK_FAILED;
        }
    }

    private int report(Statement statement) throws IOException {
        if (!statement.predicateType().equals(AuditReport.PREDICATE_TYPE)) {
            console.error(folder.resolve(AuditReport.ENVELOPE) + ": expected a statement of type "
                    + AuditReport.PREDICATE_TYPE + ", found '" + statement.predicateType() + "'");
            return ExitCode.CHECK_FAILED;
        }
        List<String> differences = statement.differences(folder);
        if (!differences.isEmpty()) {
            differences.forEach(console::error);
            return ExitCode.CHECK_FAILED;
        }
        console.print(console.styled(Style.GOOD, "Verified") + "  the signature is of this key, and "
                + statement.digests().size() + " documents are as they were signed:");
        statement.digests().forEach((name, digest) -> console.print("  " + digest + "  " + name));
        console.print("Replay " + statement.predicate().path("replayId").asText() + ", policy "
                + statement.predicate().path("policyVersion").asText() + ", "
                + statement.predicate().at("/summary/uploads").asText() + " uploads.");
        return ExitCode.OK;
    }
}
