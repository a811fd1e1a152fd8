package dev.forebear.alerts.page;

import dev.forebear.alerts.AlertsConfig;
import dev.forebear.alerts.AlertsService;
import dev.forebear.alerts.PolicySource;
import dev.forebear.alerts.Receiver;
import dev.forebear.alerts.access.AccessConfig;
import dev.forebear.alerts.delivery.Channel;
import dev.forebear.alerts.delivery.ChannelBook;
import dev.forebear.alerts.delivery.ChannelsFile;
import dev.forebear.alerts.delivery.RetryPolicy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The service as it starts again after a month: the reports so far have been decided on. */
final class TestedService {

    private static final String CHANNELS = """
        channels:
          - name: governance-slack
            kind: slack
            url: {env: CHANNEL_URL}
          - name: legal-digest
            kind: webhook
            url: @url@
            secret: {env: CHANNEL_SECRET}
            minimum-severity: medium
          - name: oncall
            kind: webhook
            url: @url@
            secret: {env: CHANNEL_SECRET}
            minimum-severity: critical
        """;

    private TestedService() {}

    /** @param receiver where all channels lead */
    static AlertsService start(WireConfig wire, Path data, Receiver receiver) throws Exception {
        decidedSoFar(wire);
        return AlertsService.start(new AlertsConfig(
                wire,
                ListenAddress.anyLoopbackPort(),
                null,
                AccessConfig.open(),
                data.resolve("state"),
                PolicySource.of(PolicyFile.standard()),
                ChannelBook.of(channels(receiver.url().toString())),
                null,
                RetryPolicy.standard()));
    }

    private static List<Channel> channels(String url) {
        var variables = Map.of("CHANNEL_URL", url, "CHANNEL_SECRET", "whsec_m5WQVds3LX/JjlSgclm0LRRkB+LZCabS");
        return ChannelsFile.parse("channels.yaml", CHANNELS.replace("@url@", url), variables::get);
    }

    private static void decidedSoFar(WireConfig wire) throws ExecutionException, InterruptedException {
        String topic = wire.kafka().topic(Topics.LINEAGE_REPORTS);
        try (var admin = Admin.create(wire.kafka().clientProperties())) {
            int partitions = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
            Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
            Map<TopicPartition, OffsetAndMetadata> ends = admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> new OffsetAndMetadata(entry.getValue().offset())));
            admin.alterConsumerGroupOffsets(wire.kafka().topicPrefix() + "forebear-alerts", ends)
                    .all()
                    .get();
        }
    }
}
