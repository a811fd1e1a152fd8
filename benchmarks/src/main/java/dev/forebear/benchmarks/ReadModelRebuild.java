package dev.forebear.benchmarks;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes the read model from the topics and says what it took. */
final class ReadModelRebuild {

    static final Duration WITHIN = Duration.ofMinutes(30);

    private ReadModelRebuild() {}

    public static void main(String[] args) throws Exception {
        var kafka = KafkaConfig.of(args[0]);
        long start = System.nanoTime();
        try (var schemas = new SchemaRegistryClient(SchemaRegistryConfig.of(URI.create(args[1])));
                var model = ReadModel.open(Path.of(args[2]));
                var follower = TopicFollower.start(kafka, schemas, model)) {
            if (!follower.catchUp(WITHIN)) {
                throw new IllegalStateException("not rebuilt within " + WITHIN);
            }
            System.out.printf(
                    Locale.ROOT,
                    "rebuilt in %.1f s, %.1f s of processor time%n",
                    (System.nanoTime() - start) / 1e9,
                    ProcessHandle.current()
                                    .info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis()
                            / 1e3);
            System.gc();
            for (String line : memory()) {
                System.out.println(line);
            }
        }
    }

    private static List<String> memory() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:") || line.startsWith("RssAnon:"))
                .toList();
    }
}
