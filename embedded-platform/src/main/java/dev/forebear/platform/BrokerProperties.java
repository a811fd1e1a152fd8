package dev.forebear.platform;

import java.nio.file.Path;
import java.util.Properties;

/** Settings of a single broker that shares its JVM and its machine with everything else. */
final class BrokerProperties {

    static final int NODE_ID = 1;

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private final Properties properties = new Properties();

    private BrokerProperties() {}

    static Properties of(Path folder, int port, int controllerPort) {
        BrokerProperties broker = new BrokerProperties();
        broker.roles(folder, port, controllerPort);
        broker.singleNode();
        broker.smallMemory();
        broker.quickRestart();
        broker.groups();
        return broker.properties;
    }

    private void roles(Path folder, int port, int controllerPort) {
        String listener = "PLAINTEXT://" + Loopback.HOST + ":" + port;
        set("process.roles", "broker,controller");
        set("node.id", NODE_ID);
        set("listeners", listener + "," + CONTROLLER_LISTENER + "://" + Loopback.HOST + ":" + controllerPort);
        set("advertised.listeners", listener);
        set("controller.listener.names", CONTROLLER_LISTENER);
        set("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        set("controller.quorum.voters", NODE_ID + "@" + Loopback.HOST + ":" + controllerPort);
        set("log.dirs", folder);
        set("auto.create.topics.enable", false);
    }

    private void singleNode() {
        set("default.replication.factor", 1);
        set("min.insync.replicas", 1);
        set("offsets.topic.replication.factor", 1);
        set("transaction.state.log.replication.factor", 1);
        set("transaction.state.log.min.isr", 1);
        set("share.coordinator.state.topic.replication.factor", 1);
        set("share.coordinator.state.topic.min.isr", 1);
    }

    private void smallMemory() {
        set("num.network.threads", 2);
        set("num.io.threads", 4);
        set("background.threads", 2);
        set("num.recovery.threads.per.data.dir", 2);
        set("offsets.topic.num.partitions", 4);
        set("transaction.state.log.num.partitions", 4);
        set("share.coordinator.state.topic.num.partitions", 1);
        set("group.coordinator.threads", 1);
        set("share.coordinator.threads", 1);
        set("log.cleaner.threads", 1);
        set("log.cleaner.dedupe.buffer.size", 16 << 20);
        set("log.cleaner.io.buffer.size", 128 << 10);
        // Room for 512 MiB of log at an entry for every 4 KiB; the default maps ten times as much for each partition.
        set("log.index.size.max.bytes", 1 << 20);
        // The controller writes a no-op when idle: once in five seconds instead of twice a second.
        set("metadata.max.idle.interval.ms", 5_000);
    }

    /** After a kill the old registration must expire before the broker may register again. */
    private void quickRestart() {
        set("broker.session.timeout.ms", 2_000);
        set("broker.heartbeat.interval.ms", 500);
    }

    /** Groups form at once, and a member that was killed is missed after seconds rather than most of a minute. */
    private void groups() {
        set("group.initial.rebalance.delay.ms", 0);
        set("group.streams.initial.rebalance.delay.ms", 0);
        set("group.streams.min.heartbeat.interval.ms", 500);
        set("group.streams.heartbeat.interval.ms", 500);
        set("group.streams.min.session.timeout.ms", 6_000);
        set("group.streams.session.timeout.ms", 10_000);
        set("group.consumer.min.heartbeat.interval.ms", 500);
        set("group.consumer.heartbeat.interval.ms", 500);
        set("group.consumer.min.session.timeout.ms", 6_000);
        set("group.consumer.session.timeout.ms", 10_000);
        set("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);
    }

    private void set(String name, Object value) {
        properties.setProperty(name, value.toString());
    }
}
