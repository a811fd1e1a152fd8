package dev.forebear.cli;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import java.util.Map;
import java.util.Objects;
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
    static int run(Console console, Map<String, String> environment, String... args) {
        try {
            return with(new Commands(console, environment).needed(args), console)
                    .execute(args);
        } catch (Error fault) {
            return new Failures(console).unexpected(fault);
        }
    }

    /** The program with all its commands; {@code execute} returns one of {@link ExitCode}. */
    public static CommandLine commandLine(Console console, Map<String, String> environment) {
        return with(new Commands(console, environment).all(), console);
    }

    private static CommandLine with(Map<String, CommandLine> commands, Console console) {
        var failures = new Failures(console);
        var program = new CommandLine(new Forebear(console));
        commands.forEach(program::addSubcommand);
        return program.setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.hasColours() ? Ansi.ON : Ansi.OFF))
                .setOut(console.resultWriter())
                .setErr(console.errorWriter());
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
