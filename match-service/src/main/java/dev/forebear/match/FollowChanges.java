package dev.forebear.match;

import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Brings what registries said of models later into one shard. New names are taken on; a model whose registry declares
 * other bases now is published again with them, which asks every shard about it again; a model that was erased is
 * removed from the topic.
 */
final class FollowChanges {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private final ProcessorContext<String, SpecificRecord> context;
    private final FingerprintShard shard;
    private final ModelChanges changes;
    private long followed;

    FollowChanges(ProcessorContext<String, SpecificRecord> context, FingerprintShard shard) {
        this.context = context;
        this.shard = shard;
        this.changes = context.getStateStore(ModelChanges.NAME);
        context.schedule(PERIOD, PunctuationType.WALL_CLOCK_TIME, this::follow);
    }

    /** The model under all its names. */
    IndexedModel named(IndexedModel model) {
        return model.named(changes.otherNames(model.model()));
    }

    private void erase(String modelVersionId, long now) {
        shard.put(modelVersionId, null);
        context.forward(new Record<>(modelVersionId, null, now), LineageTopology.FINGERPRINTS_SINK);
    }

    private void follow(long now) {
        long count = changes.count();
        if (count == followed) {
            return;
        }
        followed = count;
        for (var model : List.copyOf(shard.models())) {
            if (changes.isErased(model.model())) {
                erase(model.model().getModelVersionId(), now);
                continue;
            }
            shard.put(named(model));
            var redeclared = changes.redeclared(model.model());
            if (redeclared != null) {
                context.forward(
                        new Record<>(redeclared.getModelVersionId(), redeclared, now),
                        LineageTopology.FINGERPRINTS_SINK);
            }
        }
    }
}
