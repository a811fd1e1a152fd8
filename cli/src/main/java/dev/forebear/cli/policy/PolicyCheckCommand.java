package dev.forebear.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyCheck;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.policy.PolicyProblem;
import dev.forebear.alerts.policy.RuleSummary;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.cli.instance.CallerToken;
import dev.forebear.cli.instance.PageAddress;
import dev.forebear.cli.instance.RunningInstance;
import dev.forebear.runtime.yaml.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy check}: whether a file is a policy, and what it would find. */
@Command(
        name = "check",
        description = {
            "Check a policy file: every problem with its line and column.",
            "With --against, count what it would find in everything that a running instance knows."
        },
        footer = {
            "",
            "Examples:",
            "  forebear policy check policy.yaml",
            "  forebear policy check policy.yaml --against http://localhost:8080"
        })
public final class PolicyCheckCommand implements Callable<Integer> {

    private static final int MAX_ABOUT = 60;

    /** A file that is no policy at all has a problem in every line. */
    private static final int MOST_SHOWN = 30;

    private final Console console;
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final JsonOutput json;

    @Mixin
    private final CallerToken token = new CallerToken();

    @Parameters(paramLabel = "FILE", description = "The policy (YAML).")
    private Path file = Path.of("");

    @Option(names = "--against", paramLabel = "URL", description = "Page of a running instance.")
    private @Nullable URI against;

    public PolicyCheckCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.json = new JsonOutput(console);
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI address = against == null ? null : PageAddress.required(spec, "--against", against);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        String text = SettingsFile.text(file);
        return switch (PolicyFile.check(text)) {
            case PolicyCheck.Invalid(List<PolicyProblem> problems) -> refuse(problems);
            case PolicyCheck.Valid(Policy policy) -> {
                JsonNode preview = address == null ? null : preview(address, text);
                tell(policy, preview);
                yield ExitCode.OK;
            }
        };
    }

    private JsonNode preview(URI address, String text) throws IOException, InterruptedException {
        try (var api = new PolicyApi(console, new RunningInstance(address, "--against", token.in(environment)))) {
            return api.preview(text);
        }
    }

    private int refuse(List<PolicyProblem> problems) {
        if (json.requested()) {
            ObjectNode document = document(false);
            var list = document.putArray("problems");
            problems.forEach(problem -> list.addObject()
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("message", problem.message()));
            json.print(document);
        } else {
            problems.stream()
                    .limit(MOST_SHOWN)
                    .forEach(problem -> console.print(
                            file + ":" + problem.line() + ":" + problem.column() + ": " + problem.message()));
            if (problems.size() > MOST_SHOWN) {
                console.print("and %,d more; --json lists them all".formatted(problems.size() - MOST_SHOWN));
            }
        }
        return ExitCode.CHECK_FAILED;
    }

    private void tell(Policy policy, @Nullable JsonNode preview) {
        if (json.requested()) {
            json.print(document(policy, preview));
            return;
        }
        long on = policy.rules().stream().filter(RuleSummary::enabled).count();
        console.print(file + ": " + policy.rules().size() + " rules, " + on + " on (" + policy.version() + ")");
        console.space();
        if (preview == null) {
            console.print(table(policy));
        } else {
            CountTable.print(console, preview);
        }
    }

    private static Table table(Policy policy) {
        var table = new Table()
                .column("rule", Side.LEFT)
                .column("", Side.LEFT)
                .column("severity", Side.LEFT)
                .column("routes", Side.LEFT)
                .column("about", Side.LEFT);
        policy.rules()
                .forEach(rule -> table.row(
                        rule.name(), rule.enabled() ? "on" : "off", severity(rule), routes(rule), cut(rule.about())));
        return table;
    }

    private ObjectNode document(Policy policy, @Nullable JsonNode preview) {
        ObjectNode document = document(true).put("version", policy.version());
        var rules = document.putArray("rules");
        policy.rules().forEach(rule -> {
            var entry = rules.addObject()
                    .put("name", rule.name())
                    .put("enabled", rule.enabled())
                    .put("shipped", rule.shipped())
                    .put("severity", severity(rule))
                    .put("about", rule.about());
            var routes = entry.putArray("routes");
            rule.routes().stream().sorted().forEach(routes::add);
        });
        if (preview != null) {
            document.set("preview", preview);
        }
        return document;
    }

    private ObjectNode document(boolean valid) {
        return JsonOutput.object().put("file", file.toString()).put("valid", valid);
    }

    private static String severity(RuleSummary rule) {
        return rule.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String routes(RuleSummary rule) {
        return rule.routes().isEmpty()
                ? "-"
                : String.join(", ", rule.routes().stream().sorted().toList());
    }

    private static String cut(String about) {
        return about.length() <= MAX_ABOUT ? about : about.substring(0, MAX_ABOUT - 1) + "…";
    }
}
