package dev.forebear.match;

import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams, and why they are not the defaults. */
final class StreamsSettings {

    /** Broker feature that carries the streams rebalance protocol, from this level on. */
    private static final String STREAMS_FEATURE = "streams.version";

    private StreamsSettings() {}

    static Properties of(MatchConfig config, DeadLetteringHandler.Outlet outlet) {
        var settings = new Properties();
        settings.putAll(config.wire().kafka().clientProperties());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.wire().kafka().topicPrefix() + config.applicationId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // The brokers' default, so that a single broker works and a cluster replicates.
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetteringHandler.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetteringHandler.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        settings.put(DeadLetteringHandler.OUTLET, outlet);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        if (brokersRebalanceStreams(config)) {
            settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
        } else {
            // A killed instance of the classic protocol holds its shards until its session ends.
            settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        }
        return settings;
    }

    /** Brokers from 4.2 on assign tasks themselves, which makes restarts quick; older ones leave it to the clients. */
    private static boolean brokersRebalanceStreams(MatchConfig config) {
        try (var admin = Admin.create(config.wire().kafka().clientProperties())) {
            var features = admin.describeFeatures().featureMetadata().get().finalizedFeatures();
            var streams = features.get(STREAMS_FEATURE);
            return streams != null && streams.maxVersionLevel() >= 1;
        } catch (ExecutionException e) {
            throw new KafkaException("could not ask the brokers for their features", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking the brokers for their features", e);
        }
    }
}
