package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker leaves undone, another one does. */
class WorkerRestartTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final WorkerSite site = new WorkerSite(1);

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void uploadsThatAStoppedWorkerDidNotFinishAreDoneByTheNext() throws Exception {
        Set<String> announced = announce(30);
        try (var stopped = WorkerService.start(site.config())) {
            await().atMost(SOON).until(() -> site.fingerprints().size() >= 3);
        }
        assertThat(site.uncommitted()).isPositive();
        try (var next = WorkerService.start(site.config())) {
            await().atMost(SOON).until(() -> fingerprinted().equals(announced));
            await().atMost(SOON).until(() -> site.uncommitted() == 0);
        }
    }

    @Test
    void uploadsThatAKilledWorkerDidNotFinishAreDoneByTheNext() throws Exception {
        Set<String> announced = announce(60);
        Process killed = startProcess();
        try {
            await().atMost(SOON).until(() -> site.fingerprints().size() >= 3);
        } finally {
            killed.destroyForcibly().waitFor();
        }
        assertThat(fingerprinted()).hasSizeLessThan(announced.size());
        try (var next = WorkerService.start(site.config())) {
            await().atMost(SOON).until(() -> fingerprinted().equals(announced));
            await().atMost(SOON).until(() -> site.uncommitted() == 0);
        }
    }

    @Test
    void twoWorkersShareThePartitionsAndLoseNothingWhenOneLeaves() throws Exception {
        try (var shared = new WorkerSite(4)) {
            shared.putZoo("model", "base-a");
            var announced = new HashSet<String>();
            try (var staying = WorkerService.start(shared.config())) {
                try (var leaving = WorkerService.start(shared.config())) {
                    for (int i = 0; i < 40; i++) {
                        announced.add(announce(shared, "model-" + i, Lane.INTERACTIVE));
                    }
                    await().atMost(SOON).until(() -> shared.fingerprints().size() >= 5);
                }
                await().atMost(SOON).until(() -> ids(shared.fingerprints()).equals(announced));
                await().atMost(SOON).until(() -> shared.uncommitted() == 0);
            }
        }
    }

    @Test
    void anInteractiveUploadOvertakesABackfillThatLiesBeforeIt() throws Exception {
        site.putZoo("model", "base-a");
        var announced = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            announced.add(announce(site, "bulk-" + i, Lane.BULK));
        }
        String urgent = announce(site, "urgent", Lane.INTERACTIVE);
        WorkerConfig config = site.config();
        try (var worker = WorkerService.start(new WorkerConfig(
                config.kafka(), config.schemaRegistry(), config.listen(), config.stores(), 2, 8, config.retries()))) {
            await().atMost(SOON).until(() -> fingerprinted().size() == announced.size() + 1);
            await().atMost(SOON).until(() -> site.uncommitted() == 0);
        }
        List<String> order =
                site.fingerprintRecords().stream().map(ConsumerRecord::key).toList();
        assertThat(order).doesNotHaveDuplicates();
        assertThat(order.indexOf(urgent)).isLessThan(20);
    }

    @Test
    void whatABackfillFoundButIsGoneKeepsNothingBehindItWaiting() throws Exception {
        for (int i = 0; i < 60; i++) {
            site.announce(site.uploaded("gone-" + i, Lane.BULK)
                    .setUploadedAt(Instant.now().minus(Duration.ofDays(1)))
                    .build());
        }
        WorkerConfig config = site.config();
        RetryPolicy retries = config.retries();
        var patient =
                new RetryPolicy(retries.firstDelay(), retries.longestDelay(), retries.deadline(), Duration.ofHours(1));
        try (var worker = WorkerService.start(new WorkerConfig(
                config.kafka(), config.schemaRegistry(), config.listen(), config.stores(), 2, 8, patient))) {
            await().atMost(SOON).until(() -> site.fingerprints().size() == 60);
        }
        assertThat(site.fingerprints())
                .extracting(gone -> gone.getNotAnalysed().getReason())
                .containsOnly("missing");
    }

    private Set<String> announce(int count) throws Exception {
        site.putZoo("model", "base-a");
        var ids = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            ids.add(announce(site, "model-" + i, Lane.INTERACTIVE));
        }
        return ids;
    }

    private static String announce(WorkerSite site, String name, Lane lane) throws Exception {
        return site.announce(
                site.uploaded(name, lane).setLocation(site.location("model")).build());
    }

    private Set<String> fingerprinted() {
        return ids(site.fingerprints());
    }

    private static Set<String> ids(List<ModelFingerprint> fingerprints) {
        var ids = new HashSet<String>();
        for (ModelFingerprint found : fingerprints) {
            assertThat(found.getNotAnalysed()).isNull();
            ids.add(found.getModelVersionId());
        }
        return ids;
    }

    private Process startProcess() throws Exception {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WorkerService.class.getName());
        builder.environment().putAll(site.variables());
        builder.redirectErrorStream(true)
                .redirectOutput(Path.of("target", "killed-worker.log").toFile());
        return builder.start();
    }
}
