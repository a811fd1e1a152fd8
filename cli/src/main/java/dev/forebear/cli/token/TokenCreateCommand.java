package dev.forebear.cli.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.access.Caller;
import dev.forebear.alerts.access.TokenLedger;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.PageAddress;
import dev.forebear.runtime.Environment;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
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

/** {@code token create}: makes a token and prints it, the only time that it is seen. */
@Command(
        name = "create",
        description = {
            "Make a token and print it; it is not shown again.",
            "Asks the running instance, with a token of an admin. For the first token, --kafka writes it to the"
                    + " topics:",
            "who may do that needs no other permission."
        },
        footer = {
            "",
            "Examples:",
            "  forebear token create laptop --role admin --kafka",
            "  forebear token create ci --role viewer --expires P90D"
        })
public final class TokenCreateCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;
    private final InstantSource clock;

    @Mixin
    private final PageAddress page = new PageAddress();

    @Parameters(paramLabel = "NAME", description = "What people call it, for example the program that has it.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "viewer reads; responder also acts on alerts; admin may do everything (default: viewer).")
    private Role role = Role.VIEWER;

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            description = "When it ends, from now: 12h, P90D (default: never).")
    private @Nullable String expires;

    @Option(
            names = "--kafka",
            description = "Write it to the topics; FOREBEAR_KAFKA and FOREBEAR_SCHEMA_REGISTRY say where they are"
                    + " (default: those of 'up').")
    private boolean throughKafka;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public TokenCreateCommand(Console console, Map<String, String> environment, InstantSource clock) {
        this.console = console;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant expiresAt = expiresAt();
        console.print(throughKafka ? writtenToKafka(expiresAt) : askedFor(expiresAt));
        console.note("This is the only time that it is shown. Programs send it as Authorization: Bearer, and forebear"
                + " reads it from FOREBEAR_TOKEN.");
        return ExitCode.OK;
    }

    private String askedFor(@Nullable Instant expiresAt) throws IOException, InterruptedException {
        ObjectNode wanted = JsonOutput.object();
        wanted.put("name", name);
        wanted.put("role", role.name().toLowerCase(Locale.ROOT));
        wanted.put("expiresAt", expiresAt == null ? null : expiresAt.toString());
        try (var instance = page.connect(environment)) {
            return instance.post("/api/v1/tokens", wanted).path("secret").asText();
        }
    }

    private String writtenToKafka(@Nullable Instant expiresAt) {
        var wire = new Environment(environment)
                .read(variables -> WireConfig.read(variables::optional, variables::secretText, variables::problem));
        new TopicAdmin(wire.kafka()).verify();
        try (var schemas = new SchemaRegistryClient(wire.schemaRegistry());
                var audit = new AuditTrail(wire.kafka(), schemas);
                var ledger = TokenLedger.ofOperator(wire.kafka(), schemas)) {
            var operator = new Caller("operator of Kafka", Role.ADMIN, "service", null);
            var issued = ledger.issue(name, role, expiresAt, operator.name());
            audit.write(
                    operator,
                    "token.created",
                    issued.token().getTokenId(),
                    name + ", " + role.name().toLowerCase(Locale.ROOT));
            return issued.secret().reveal();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Instant expiresAt() {
        if (expires == null) {
            return null;
        }
        try {
            Duration lifetime = Environment.positiveDuration(expires);
            return clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--expires: expected a duration such as 12h or P90D, found '" + expires + "'");
        }
    }
}
