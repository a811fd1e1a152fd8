package dev.forebear.cli;

import dev.forebear.cli.channel.ChannelCommand;
import dev.forebear.cli.channel.ChannelTestCommand;
import dev.forebear.cli.compare.CompareCommand;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.erase.EraseCommand;
import dev.forebear.cli.evaluate.EvaluateCommand;
import dev.forebear.cli.fingerprint.FingerprintCommand;
import dev.forebear.cli.incident.AncestorsCommand;
import dev.forebear.cli.incident.DescendantsCommand;
import dev.forebear.cli.incident.QuarantineCommand;
import dev.forebear.cli.incident.QuarantineListCommand;
import dev.forebear.cli.inspect.InspectCommand;
import dev.forebear.cli.policy.PolicyApplyCommand;
import dev.forebear.cli.policy.PolicyCheckCommand;
import dev.forebear.cli.policy.PolicyCommand;
import dev.forebear.cli.reference.ReferenceAddCommand;
import dev.forebear.cli.reference.ReferenceCommand;
import dev.forebear.cli.reference.ReferenceExportCommand;
import dev.forebear.cli.reference.ReferenceImportCommand;
import dev.forebear.cli.reference.ReferenceListCommand;
import dev.forebear.cli.registry.BackfillCommand;
import dev.forebear.cli.registry.RegistryCommand;
import dev.forebear.cli.registry.RegistryListCommand;
import dev.forebear.cli.registry.RegistryTestCommand;
import dev.forebear.cli.replay.ReplayCommand;
import dev.forebear.cli.replay.ReplayListCommand;
import dev.forebear.cli.replay.ReplayVerifyCommand;
import dev.forebear.cli.scan.ScanCommand;
import dev.forebear.cli.system.TopicsCommand;
import dev.forebear.cli.system.UpCommand;
import dev.forebear.cli.system.demo.DemoCommand;
import dev.forebear.cli.token.TokenCommand;
import dev.forebear.cli.token.TokenCreateCommand;
import dev.forebear.cli.token.TokenListCommand;
import dev.forebear.cli.token.TokenRevokeCommand;
import dev.forebear.cli.verify.VerifyCommand;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code forebear}. */
@Command(
        name = "forebear",
        mixinStandardHelpOptions = true,
        versionProvider = Forebear.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = false,
        usageHelpWidth = 100,
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done and nothing wrong",
            "1:a check failed",
            "2:wrong usage or configuration",
            "3:an input could not be read",
        },
        description = "Tells what a model was made from: the weights decide, not the metadata.")
public final class Forebear implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;

    private Forebear(Console console) {
        this.console = console;
    }

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        LogFile.open(environment);
        System.exit(run(Console.ofProcess(environment), environment, args));
    }

    // The parser's handler sees exceptions only; running out of memory must not end in a trace either.
    private static int run(Console console, Map<String, String> environment, String[] args) {
        try {
            return commandLine(console, environment).execute(args);
        } catch (Error fault) {
            return new Failures(console).unexpected(fault);
        }
    }

    /** The program with all its commands; {@code execute} returns one of {@link ExitCode}. */
    public static CommandLine commandLine(Console console, Map<String, String> environment) {
        var failures = new Failures(console);
        return new CommandLine(new Forebear(console))
                .addSubcommand("demo", new DemoCommand(console, environment))
                .addSubcommand("up", new UpCommand(console, environment))
                .addSubcommand("compare", new CompareCommand(console, environment, Clock.systemUTC()))
                .addSubcommand("scan", new ScanCommand(console, environment, Clock.systemUTC()))
                .addSubcommand("verify", new VerifyCommand(console, environment, Clock.systemUTC(), Version.number()))
                .addSubcommand("inspect", new InspectCommand(console, environment))
                .addSubcommand("evaluate", new EvaluateCommand(console, Clock.systemUTC()))
                .addSubcommand("fingerprint", new FingerprintCommand(console, environment))
                .addSubcommand("backfill", new BackfillCommand(console, environment))
                .addSubcommand(
                        "replay",
                        new CommandLine(new ReplayCommand(console, environment, Clock.systemUTC()))
                                .addSubcommand("list", new ReplayListCommand(console, environment, Clock.systemUTC()))
                                .addSubcommand("verify", new ReplayVerifyCommand(console)))
                .addSubcommand(
                        "reference",
                        new CommandLine(new ReferenceCommand())
                                .addSubcommand("add", new ReferenceAddCommand(console, environment, Clock.systemUTC()))
                                .addSubcommand(
                                        "list", new ReferenceListCommand(console, environment, Clock.systemUTC()))
                                .addSubcommand(
                                        "import", new ReferenceImportCommand(console, environment, Clock.systemUTC()))
                                .addSubcommand(
                                        "export", new ReferenceExportCommand(console, environment, Clock.systemUTC())))
                .addSubcommand(
                        "registry",
                        new CommandLine(new RegistryCommand())
                                .addSubcommand("list", new RegistryListCommand(console, environment, Clock.systemUTC()))
                                .addSubcommand(
                                        "test", new RegistryTestCommand(console, environment, Clock.systemUTC())))
                .addSubcommand(
                        "channel",
                        new CommandLine(new ChannelCommand())
                                .addSubcommand("test", new ChannelTestCommand(console, environment)))
                .addSubcommand("descendants", new DescendantsCommand(console, environment))
                .addSubcommand("ancestors", new AncestorsCommand(console, environment))
                .addSubcommand(
                        "quarantine",
                        new CommandLine(new QuarantineCommand(console, environment))
                                .addSubcommand("list", new QuarantineListCommand(console, environment)))
                .addSubcommand(
                        "policy",
                        new CommandLine(new PolicyCommand())
                                .addSubcommand("check", new PolicyCheckCommand(console, environment))
                                .addSubcommand("apply", new PolicyApplyCommand(console, environment, Forebear::answer)))
                .addSubcommand("erase", new EraseCommand(console, environment, Forebear::answer))
                .addSubcommand(
                        "token",
                        new CommandLine(new TokenCommand())
                                .addSubcommand(
                                        "create", new TokenCreateCommand(console, environment, Clock.systemUTC()))
                                .addSubcommand("list", new TokenListCommand(console, environment))
                                .addSubcommand("revoke", new TokenRevokeCommand(console, environment)))
                .addSubcommand(
                        "topics",
                        new CommandLine(new TopicsCommand())
                                .addSubcommand("create", new TopicsCommand.Create(console, environment)))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.hasColours() ? Ansi.ON : Ansi.OFF))
                .setOut(console.resultWriter())
                .setErr(console.errorWriter());
    }

    /** What somebody types; null without a terminal. */
    private static @Nullable String answer() {
        java.io.Console terminal = System.console();
        return terminal == null || !terminal.isTerminal() ? null : terminal.readLine();
    }

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "No progress and no notes, only results.")
    void quiet(boolean quiet) {
        if (quiet) {
            console.beQuiet();
        }
    }

    @Option(names = "--plain", scope = ScopeType.INHERIT, description = "No colours, no drawn lines.")
    void plain(boolean plain) {
        if (plain) {
            console.bePlain();
        }
    }

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the trace of a failure.")
    void verbose(boolean verbose) {
        if (verbose) {
            console.beVerbose();
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(console.errorWriter());
        throw new ParameterException(spec.commandLine(), "expected a command, found none");
    }

    /** Version of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"forebear " + number()};
        }

        static String number() {
            return Objects.requireNonNullElse(Forebear.class.getPackage().getImplementationVersion(), "(not packaged)");
        }
    }
}
