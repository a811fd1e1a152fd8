package dev.forebear.schemas;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** Compares the topics that a cluster has with those that are declared. */
final class TopicCheck {

    /** A declared topic as the cluster has it; settings by name. */
    record Found(Topic<?> topic, int partitions, Map<String, String> settings) {}

    private final String prefix;

    TopicCheck(String prefix) {
        this.prefix = prefix;
    }

    /** Every difference that would lose records or split the matcher's table, one line each. */
    List<String> problems(List<Found> found) {
        List<String> problems = new ArrayList<>();
        List<Topic<?>> present = found.stream().<Topic<?>>map(Found::topic).toList();
        Topics.all().stream()
                .filter(topic -> !present.contains(topic))
                .forEach(topic -> problems.add("topic " + topic.name(prefix) + ": missing"));
        found.forEach(topic -> problems.addAll(settingProblems(topic)));
        problems.addAll(shardProblems(found));
        return problems;
    }

    private List<String> shardProblems(List<Found> found) {
        List<Found> sharded = found.stream()
                .filter(topic -> Topics.sharded().contains(topic.topic()))
                .toList();
        if (sharded.stream().map(Found::partitions).distinct().count() <= 1) {
            return List.of();
        }
        String counts = sharded.stream()
                .map(topic -> topic.topic().name(prefix) + " " + topic.partitions())
                .collect(joining(", "));
        return List.of("topics of the matcher's shards: expected equally many partitions, found " + counts);
    }

    private List<String> settingProblems(Found found) {
        Map<String, String> declared = found.topic().settings();
        Stream<String> wrong = checked(found.topic())
                .filter(name ->
                        !Objects.equals(declared.get(name), found.settings().get(name)));
        Stream<String> different = Stream.concat(wrong, tooShort(found))
                .map(name -> "topic " + found.topic().name(prefix) + ": expected " + name + " " + declared.get(name)
                        + ", found " + found.settings().get(name));
        return Stream.concat(different, outOfRange(found)).toList();
    }

    /** A retention that loses what is needed, or keeps what must go. */
    private Stream<String> outOfRange(Found found) {
        RetentionRange range = RetentionRange.of(found.topic());
        String setting = found.settings().get(TopicConfig.RETENTION_MS_CONFIG);
        if (range == null || setting == null) {
            return Stream.empty();
        }
        long millis = Long.parseLong(setting);
        boolean holds = millis < 0 ? range.most() == null : range.holds(Duration.ofMillis(millis));
        return holds
                ? Stream.empty()
                : Stream.of("topic " + found.topic().name(prefix) + ": expected " + TopicConfig.RETENTION_MS_CONFIG
                        + " of " + range + ", found " + setting);
    }

    /** The setting that forgets replaced records too soon. More history is the operator's decision. */
    static Stream<String> tooShort(Found found) {
        Duration history = found.topic().history();
        if (history == null) {
            return Stream.empty();
        }
        long lag = Long.parseLong(found.settings().getOrDefault(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0"));
        return lag < history.toMillis() ? Stream.of(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG) : Stream.empty();
    }

    /** How long what may go stays is the operator's decision, within a range. */
    private static Stream<String> checked(Topic<?> topic) {
        return topic.keepsEverything()
                ? Stream.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.RETENTION_MS_CONFIG,
                        TopicConfig.RETENTION_BYTES_CONFIG)
                : Stream.of(TopicConfig.CLEANUP_POLICY_CONFIG);
    }
}
