package dev.forebear.cli.verify;

import dev.forebear.alerts.GrantedExceptions;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.cli.checkpoint.AdapterBase;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.InstanceAddress;
import dev.forebear.cli.instance.PageAddress;
import dev.forebear.cli.scan.InstanceScan;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify A}: whether a checkpoint breaks a rule of a policy, for pipelines. */
@Command(
        name = "verify",
        description = {
            "Tell whether a checkpoint breaks a rule of a policy, before it is taken. Nothing is stored.",
            "",
            "It is held against the models of a file or a folder (--reference), which needs no server, or else against "
                    + "a running instance, then by the policy in use there and with the exceptions granted there."
        },
        footer = {
            "",
            "Examples:",
            "  forebear verify models/helios --reference known.forebear",
            "  forebear verify models/helios --reference known.forebear --policy policy.yaml --sarif out.sarif",
            "  forebear verify models/helios --name internal/helios --url https://forebear.example --kafka kafka:9092"
        })
public final class VerifyCommand implements Callable<Integer> {

    private static final String STANDARD = "the standard policy";

    private final Console console;
    private final Map<String, String> environment;
    private final Checkpoints checkpoints;
    private final InstantSource clock;
    private final String version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JsonOutput json;

    @Parameters(paramLabel = "A", description = Checkpoints.DESCRIPTION)
    private String location = "";

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy (default: the standard one, or the one in use in the instance).")
    private @Nullable Path policyFile;

    @Option(
            names = "--reference",
            paramLabel = "PATH",
            description = "File of reference models, or folder of models; if not given, a running instance is asked.")
    private @Nullable Path reference;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "low",
            description = "The least severity that fails: low, medium, high or critical (${DEFAULT-VALUE}). A model "
                    + "that could not be analysed is not weighed.")
    private Severity failOn = Severity.LOW;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Also write the findings for code hosts, SARIF 2.1.0.")
    private @Nullable Path sarif;

    @Mixin
    private final Circumstances circumstances = new Circumstances();

    @Mixin
    private final AdapterBase base = new AdapterBase();

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final PageAddress page = new PageAddress();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for the matchers of the instance (${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    /** @param version of this program, for SARIF */
    public VerifyCommand(Console console, Map<String, String> environment, InstantSource clock, String version) {
        this.console = console;
        this.environment = environment;
        this.checkpoints = new Checkpoints(environment);
        this.clock = clock;
        this.version = version;
        this.json = new JsonOutput(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        circumstances.id(location);
        Verification verification = reference == null ? byInstance() : byReference(reference);
        if (sarif != null) {
            Sarif.write(sarif, verification, Path.of("").toAbsolutePath(), version);
        }
        if (json.requested()) {
            json.print(VerificationJson.of(verification));
        } else {
            VerificationText.print(console, verification);
        }
        return verification.isViolated() ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }

    private Verification byReference(Path known) throws IOException, InterruptedException {
        if (instance.isGiven()) {
            throw new ParameterException(spec.commandLine(), "expected --reference or an instance, found both");
        }
        Policy policy = policyFile == null ? PolicyFile.standard() : PolicyFile.read(policyFile);
        var references = new KnownReferences(ReferenceSet.of(known, location, console));
        return verify(
                policy, policyFile == null ? STANDARD : policyFile.toString(), references, GrantedExceptions.NONE);
    }

    private Verification byInstance() throws IOException, InterruptedException {
        Policy own = policyFile == null ? null : PolicyFile.read(policyFile);
        try (var api = new InstanceApi(page.connect(environment))) {
            Policy policy = own == null ? api.policy() : own;
            var matchers = new InstanceScan(instance.resolve(environment), Duration.ofSeconds(timeoutSeconds));
            return verify(
                    policy,
                    policyFile == null ? "the policy of the instance" : policyFile.toString(),
                    new KnownInstance(matchers, api, console),
                    api.exceptions());
        }
    }

    private Verification verify(Policy policy, String policyName, Known known, GrantedExceptions exceptions)
            throws IOException, InterruptedException {
        Instant now = clock.instant();
        ModelFingerprint model =
                new CheckedModel(checkpoints, circumstances, console).read(location, base.location(), now);
        Held held = known.hold(model, now);
        List<Finding> findings = policy.findings(
                held.subject(), circumstances.placement(policy.placement(circumstances.id(location), null)));
        List<Judged> judged = findings.stream()
                .map(finding -> Judged.of(
                        finding,
                        held.report(),
                        failOn,
                        exceptions
                                .covering(circumstances.id(location), finding.rule(), Judged.baseModelId(finding), now)
                                .orElse(null)))
                .sorted(Comparator.comparing((Judged one) -> !one.isViolation())
                        .thenComparing(one -> one.finding().severity(), Comparator.reverseOrder()))
                .toList();
        return new Verification(location, policy, policyName, held, judged);
    }
}
