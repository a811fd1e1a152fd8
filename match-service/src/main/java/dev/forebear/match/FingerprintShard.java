package dev.forebear.match;

import dev.forebear.schemas.wire.ModelFingerprint;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The state store that holds one shard: the fingerprints of one partition, decoded and ready to be compared. The source
 * topic is its changelog, so it is rebuilt from there after a restart and writes nothing of its own.
 */
final class FingerprintShard implements StateStore {

    static final String NAME = "fingerprints";

    private final Deserializer<ModelFingerprint> deserializer;
    private final Map<String, IndexedModel> models = new HashMap<>();
    private boolean open;

    private FingerprintShard(Deserializer<ModelFingerprint> deserializer) {
        this.deserializer = deserializer;
    }

    static StoreBuilder<FingerprintShard> builder(Deserializer<ModelFingerprint> deserializer) {
        return new UnloggedStoreBuilder<>(NAME, () -> new FingerprintShard(deserializer));
    }

    /** Inserts, replaces or, with null, removes a model. */
    void put(String modelVersionId, @Nullable ModelFingerprint fingerprint) {
        if (fingerprint == null) {
            models.remove(modelVersionId);
        } else {
            models.put(modelVersionId, IndexedModel.of(fingerprint));
        }
    }

    /** Replaces a model. */
    void put(IndexedModel model) {
        models.put(model.model().getModelVersionId(), model);
    }

    @Nullable
    IndexedModel get(String modelVersionId) {
        return models.get(modelVersionId);
    }

    Collection<IndexedModel> models() {
        return models.values();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(
                root, (key, value) -> restore(new String(key, java.nio.charset.StandardCharsets.UTF_8), value));
        open = true;
    }

    /** A record that cannot be decoded was dead-lettered when it was processed; it is not part of the table. */
    private void restore(String modelVersionId, byte @Nullable [] value) {
        try {
            put(modelVersionId, value == null ? null : deserializer.deserialize(NAME, value));
        } catch (SerializationException undecodable) {
            models.remove(modelVersionId);
        }
    }

    @Override
    public void close() {
        models.clear();
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
