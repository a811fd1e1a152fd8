package dev.forebear.cli;

import dev.forebear.cli.channel.ChannelCommand;
import dev.forebear.cli.channel.ChannelTestCommand;
import dev.forebear.cli.compare.CompareCommand;
import dev.forebear.cli.console.Console;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The commands of the program, each made when it is needed: reading how all are asked takes longer than most of them.
 */
final class Commands {

    private final Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();

    Commands(Console console, Map<String, String> environment) {
        Clock clock = Clock.systemUTC();
        String version = Forebear.Version.number();
        add("demo", () -> new DemoCommand(console, environment));
        add("up", () -> new UpCommand(console, environment));
        add("compare", () -> new CompareCommand(console, environment, clock));
        add("scan", () -> new ScanCommand(console, environment, clock));
        add("verify", () -> new VerifyCommand(console, environment, clock, version));
        add("inspect", () -> new InspectCommand(console, environment));
        add("evaluate", () -> new EvaluateCommand(console, clock));
        add("fingerprint", () -> new FingerprintCommand(console, environment));
        add("backfill", () -> new BackfillCommand(console, environment));
        commands.put(
                "replay",
                () -> new CommandLine(new ReplayCommand(console, environment, clock))
                        .addSubcommand("list", new ReplayListCommand(console, environment, clock))
                        .addSubcommand("verify", new ReplayVerifyCommand(console)));
        commands.put(
                "reference",
                () -> new CommandLine(new ReferenceCommand())
                        .addSubcommand("add", new ReferenceAddCommand(console, environment, clock))
                        .addSubcommand("list", new ReferenceListCommand(console, environment, clock))
                        .addSubcommand("import", new ReferenceImportCommand(console, environment, clock))
                        .addSubcommand("export", new ReferenceExportCommand(console, environment, clock)));
        commands.put(
                "registry",
                () -> new CommandLine(new RegistryCommand())
                        .addSubcommand("list", new RegistryListCommand(console, environment, clock))
                        .addSubcommand("test", new RegistryTestCommand(console, environment, clock)));
        commands.put(
                "channel",
                () -> new CommandLine(new ChannelCommand())
                        .addSubcommand("test", new ChannelTestCommand(console, environment)));
        add("descendants", () -> new DescendantsCommand(console, environment));
        add("ancestors", () -> new AncestorsCommand(console, environment));
        commands.put(
                "quarantine",
                () -> new CommandLine(new QuarantineCommand(console, environment))
                        .addSubcommand("list", new QuarantineListCommand(console, environment)));
        commands.put(
                "policy",
                () -> new CommandLine(new PolicyCommand())
                        .addSubcommand("check", new PolicyCheckCommand(console, environment))
                        .addSubcommand("apply", new PolicyApplyCommand(console, environment, Commands::answer)));
        add("erase", () -> new EraseCommand(console, environment, Commands::answer));
        commands.put(
                "token",
                () -> new CommandLine(new TokenCommand())
                        .addSubcommand("create", new TokenCreateCommand(console, environment, clock))
                        .addSubcommand("list", new TokenListCommand(console, environment))
                        .addSubcommand("revoke", new TokenRevokeCommand(console, environment)));
        commands.put(
                "topics",
                () -> new CommandLine(new TopicsCommand())
                        .addSubcommand("create", new TopicsCommand.Create(console, environment)));
    }

    private void add(String name, Supplier<Object> command) {
        commands.put(name, () -> new CommandLine(command.get()));
    }

    /** All, in the order in which they are told. */
    Map<String, CommandLine> all() {
        Map<String, CommandLine> made = new LinkedHashMap<>();
        commands.forEach((name, command) -> made.put(name, command.get()));
        return made;
    }

    /** The one that comes first in the arguments; all when something else does, such as a wish for help. */
    Map<String, CommandLine> needed(String... args) {
        Supplier<CommandLine> command = args.length == 0 ? null : commands.get(args[0]);
        return command == null ? all() : Map.of(args[0], command.get());
    }

    /** What somebody types; null without a terminal. */
    private static @Nullable String answer() {
        java.io.Console terminal = System.console();
        return terminal == null || !terminal.isTerminal() ? null : terminal.readLine();
    }
}
