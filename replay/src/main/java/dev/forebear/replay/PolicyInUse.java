package dev.forebear.replay;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.PolicyVersion;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A policy and where it comes from.
 *
 * @param source name of its file, or {@code standard}
 */
public record PolicyInUse(Policy policy, String source) {

    /** The policy that the instance took into use last; the standard one when it never did. */
    static PolicyInUse read(TopicReading reading, ReplayedInstance instance) throws IOException {
        var last = new AtomicReference<@Nullable PolicyVersion>();
        Deserializer<PolicyVersion> versions = instance.deserializer(Topics.POLICY_VERSIONS);
        reading.read(Topics.POLICY_VERSIONS, reading.ends(List.of(Topics.POLICY_VERSIONS)), records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                last.accumulateAndGet(decoded(record, versions), PolicyInUse::later);
            }
        });
        PolicyVersion version = last.get();
        return version == null
                ? new PolicyInUse(PolicyFile.standard(), "standard")
                : new PolicyInUse(PolicyFile.parse(version.getSource(), version.getText()), version.getSource());
    }

    private static @Nullable PolicyVersion decoded(
            ConsumerRecord<byte[], byte[]> record, Deserializer<PolicyVersion> versions) {
        try {
            return versions.deserialize(record.topic(), record.value());
        } catch (SerializationException undecodable) {
            return null;
        }
    }

    /** Versions lie in the partitions of their hashes, so that only their times tell which was last. */
    private static @Nullable PolicyVersion later(@Nullable PolicyVersion one, @Nullable PolicyVersion other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.getLoadedAt().isBefore(one.getLoadedAt()) ? one : other;
    }
}
