package dev.forebear.schemas;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics and checks that a cluster has them as declared. Opens a connection for each call. */
public final class TopicAdmin {

    private static final int TIMEOUT_MILLIS = 30_000;

    private static final int POLL_MILLIS = 50;

    private final KafkaConfig config;

    public TopicAdmin(KafkaConfig config) {
        this.config = config;
    }

    /**
     * Creates every topic that does not exist yet; returns when all of them can be written to. Of the others it only
     * lengthens a history that is shorter than declared.
     *
     * @param partitions of every topic, at least 1: the shards of the matcher
     * @param replicationFactor copies of every record, at least 1; with three or more, two must acknowledge
     * @throws TopicException with every problem
     */
    public void create(int partitions, short replicationFactor) {
        create(partitions, replicationFactor, Retentions.declared());
    }

    /**
     * The same, with other retentions than declared; topics that exist are given them, too.
     *
     * @throws TopicException with every problem
     */
    public void create(int partitions, short replicationFactor, Retentions retentions) {
        List<NewTopic> topics = Topics.all().stream()
                .map(topic -> declared(topic, partitions, replicationFactor))
                .toList();
        List<String> problems = new ArrayList<>();
        try (Admin admin = connect()) {
            admin.createTopics(topics).values().forEach((name, created) -> {
                try {
                    await(created);
                } catch (TopicExistsException e) {
                    return;
                } catch (KafkaException e) {
                    problems.add("topic " + name + ": not created: " + e.getMessage());
                }
            });
            requireNone(problems);
            awaitAll(admin);
            lengthenHistories(admin);
            setRetentions(admin, retentions);
        }
    }

    private void setRetentions(Admin admin, Retentions retentions) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        retentions.byTopic().forEach((topic, retention) -> {
            var entry = new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name(config.topicPrefix())),
                    List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET)));
        });
        alter(admin, changes);
    }

    /** Topics of an earlier release forget replaced records at once. */
    private void lengthenHistories(Admin admin) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        find(admin, Topics.all()).stream()
                .filter(found -> TopicCheck.tooShort(found).findAny().isPresent())
                .map(TopicCheck.Found::topic)
                .forEach(topic -> changes.put(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic.name(config.topicPrefix())),
                        topic.settings().entrySet().stream()
                                .filter(setting -> setting.getKey().endsWith("compaction.lag.ms"))
                                .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
                                .map(setting -> new AlterConfigOp(setting, AlterConfigOp.OpType.SET))
                                .toList()));
        alter(admin, changes);
    }

    private void alter(Admin admin, Map<ConfigResource, Collection<AlterConfigOp>> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            await(admin.incrementalAlterConfigs(changes).all());
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /**
     * A controller confirms a topic before the brokers have heard of it, and they answer for it before they take
     * records. Of records that are sent meanwhile a later one may be taken before an earlier one, and a producer that
     * numbers them would repeat the earlier one in vain until it times out.
     */
    private void awaitAll(Admin admin) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        try {
            while (partitions(admin, Topics.all()).size() < Topics.all().size()) {
                if (System.nanoTime() > deadline) {
                    throw new TopicException(
                            List.of("Kafka at " + config.bootstrapServers() + ": created topics, but the brokers do not"
                                    + " know them after " + TIMEOUT_MILLIS / 1_000 + " s"),
                            null);
                }
                Thread.sleep(POLL_MILLIS);
            }
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            partitions(admin, Topics.all())
                    .forEach((topic, count) -> IntStream.range(0, count)
                            .forEach(partition -> ends.put(new TopicPartition(topic, partition), OffsetSpec.latest())));
            await(admin.listOffsets(ends).all());
        } catch (KafkaException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(new KafkaException("interrupted while waiting for Kafka", e));
        }
    }

    /**
     * Checks that all topics exist, clean up as declared, lose nothing that they must keep, keep nothing longer than
     * they may, and have equally many partitions where these are shards.
     *
     * @throws TopicException with every problem
     */
    public void verify() {
        try (Admin admin = connect()) {
            requireNone(new TopicCheck(config.topicPrefix()).problems(find(admin, Topics.all())));
        }
    }

    /**
     * Partitions that the topic has.
     *
     * @throws TopicException when it does not exist
     */
    public <V extends SpecificRecord> int partitions(Topic<V> topic) {
        try (Admin admin = connect()) {
            return find(admin, List.of(topic)).stream()
                    .findFirst()
                    .map(TopicCheck.Found::partitions)
                    .orElseThrow(() -> new TopicException(List.of("topic " + config.topic(topic) + ": missing"), null));
        }
    }

    private NewTopic declared(Topic<?> topic, int partitions, short replicationFactor) {
        Map<String, String> settings = new HashMap<>(topic.settings());
        if (replicationFactor >= 3) {
            settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(topic.name(config.topicPrefix()), partitions, replicationFactor).configs(settings);
    }

    /** Those of the topics that exist. */
    private List<TopicCheck.Found> find(Admin admin, Collection<Topic<?>> topics) {
        try {
            Map<String, Integer> partitions = partitions(admin, topics);
            Map<String, Map<String, String>> settings = settings(admin, partitions.keySet());
            return topics.stream()
                    .filter(topic -> partitions.containsKey(topic.name(config.topicPrefix())))
                    .map(topic -> found(topic, partitions, settings))
                    .toList();
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    private TopicCheck.Found found(
            Topic<?> topic, Map<String, Integer> partitions, Map<String, Map<String, String>> settings) {
        String name = topic.name(config.topicPrefix());
        return new TopicCheck.Found(topic, partitions.getOrDefault(name, 0), settings.getOrDefault(name, Map.of()));
    }

    private Map<String, Integer> partitions(Admin admin, Collection<Topic<?>> topics) {
        List<String> names =
                topics.stream().map(topic -> topic.name(config.topicPrefix())).toList();
        Map<String, Integer> partitions = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                partitions.put(
                        topic.getKey(), await(topic.getValue()).partitions().size());
            } catch (UnknownTopicOrPartitionException e) {
                continue;
            }
        }
        return partitions;
    }

    private static Map<String, Map<String, String>> settings(Admin admin, Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> settings = new HashMap<>();
        admin.describeConfigs(resources)
                .values()
                .forEach((resource, config) -> settings.put(resource.name(), values(await(config))));
        return settings;
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private Admin connect() {
        Map<String, Object> properties = config.clientProperties();
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    private TopicException unreachable(KafkaException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new TopicException(List.of("Kafka at " + config.bootstrapServers() + ": " + cause.getMessage()), e);
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for Kafka", e);
        }
    }

    private static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new TopicException(problems, null);
        }
    }
}
