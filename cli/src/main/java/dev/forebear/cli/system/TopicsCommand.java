package dev.forebear.cli.system;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.Table;
import dev.forebear.cli.console.Table.Side;
import dev.forebear.runtime.Environment;
import dev.forebear.schemas.Retentions;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics}: the topics on a cluster. */
@Command(name = "topics", description = "Create the topics on a Kafka cluster.")
public final class TopicsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected 'topics create', found no sub-command");
    }

    /** {@code topics create}: creates what is missing, then checks what is there. */
    @Command(
            name = "create",
            description = {
                "Create the topics that are missing, then check that all are as declared.",
                "Reaches the cluster by FOREBEAR_KAFKA and FOREBEAR_KAFKA_PROPERTIES; FOREBEAR_TOPIC_PREFIX applies.",
                "FOREBEAR_RETENTION_<TOPIC>, such as FOREBEAR_RETENTION_DEAD_LETTERS=30d, says how long records stay."
            },
            footer = {"", "Examples:", "  FOREBEAR_KAFKA=kafka:9092 forebear topics create --partitions 12"})
    public static final class Create implements Callable<Integer> {

        private static final int MAX_PARTITIONS = 10_000;

        private final Console console;
        private final Map<String, String> environment;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                description = "Partitions of each topic: the shards of the matcher (default: 4).")
        private int partitions = 4;

        @Option(
                names = "--replication",
                paramLabel = "N",
                description = "Replicas of each partition; -1 for the brokers' default (default: -1).")
        private short replication = -1;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        public Create(Console console, Map<String, String> environment) {
            this.console = console;
            this.environment = environment;
        }

        @Override
        public Integer call() {
            if (partitions < 1 || partitions > MAX_PARTITIONS) {
                throw new ParameterException(
                        spec.commandLine(), "--partitions: expected 1 to " + MAX_PARTITIONS + ", found " + partitions);
            }
            var settings = new Environment(environment);
            var wire = settings.read(
                    variables -> WireConfig.read(variables::optional, variables::secretText, variables::problem));
            var retentions = settings.read(variables -> Retentions.read(variables::optional, variables::problem));
            var admin = new TopicAdmin(wire.kafka());
            admin.create(partitions, replication, retentions);
            admin.verify();
            console.print(table(wire, admin));
            return ExitCode.OK;
        }

        private static Table table(WireConfig wire, TopicAdmin admin) {
            var table = new Table()
                    .column("topic", Side.LEFT)
                    .column("partitions", Side.RIGHT)
                    .column("key", Side.LEFT)
                    .column("cleanup", Side.LEFT);
            for (var topic : Topics.all()) {
                table.row(
                        wire.kafka().topic(topic),
                        String.valueOf(admin.partitions(topic)),
                        topic.key(),
                        topic.cleanup().toString().toLowerCase(Locale.ROOT));
            }
            return table;
        }
    }
}
