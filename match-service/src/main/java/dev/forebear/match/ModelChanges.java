package dev.forebear.match;

import dev.forebear.schemas.Erasures;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What registries said of models after their upload: how they were renamed, and which bases they declare now; and which
 * were erased. The store is global, because versions of one model lie in all shards. Safe for use by several threads:
 * one writes, all shards read.
 */
final class ModelChanges implements StateStore {

    static final String NAME = "model-changes";

    private final Deserializer<ModelChanged> deserializer;
    private final Map<String, ModelChanged> declarations = new HashMap<>();
    private final Map<String, Set<String>> renamed = new HashMap<>();
    private final Erasures erasures = new Erasures();
    private long count;
    private boolean open;

    private ModelChanges(Deserializer<ModelChanged> deserializer) {
        this.deserializer = deserializer;
    }

    static StoreBuilder<ModelChanges> builder(Deserializer<ModelChanged> deserializer) {
        return new UnloggedStoreBuilder<>(NAME, () -> new ModelChanges(deserializer));
    }

    /** What is told to it directly, outside of a topology. */
    static ModelChanges untied() {
        return new ModelChanges((topic, bytes) -> {
            throw new SerializationException(topic + ": expected nothing to restore");
        });
    }

    /** Remembers every change. */
    static Processor<String, ModelChanged, Void, Void> recorder() {
        return new ContextualProcessor<>() {
            @Override
            public void process(Record<String, ModelChanged> record) {
                if (record.value() != null) {
                    ModelChanges changes = context().getStateStore(NAME);
                    changes.apply(record.value());
                }
            }
        };
    }

    synchronized void apply(ModelChanged change) {
        if (change.getChange() == ModelChangeKind.MOVED) {
            moved(change);
            count++;
        } else if (change.getChange() == ModelChangeKind.ERASED) {
            erasures.add(change);
            count++;
        } else if (change.getChange() == ModelChangeKind.DECLARATION_CHANGED) {
            String version = change.getVersion();
            declarations.merge(
                    version == null ? model(change) : model(change) + "@" + version,
                    change,
                    (known, now) -> now.getChangedAt().isBefore(known.getChangedAt()) ? known : now);
            count++;
        }
    }

    /** Grows with every change that matters here. */
    synchronized long count() {
        return count;
    }

    /** Whether the model was erased, and not uploaded since. */
    synchronized boolean isErased(ModelFingerprint model) {
        return erasures.cover(model.getRegistry(), model.getName(), model.getVersion(), model.getUploadedAt());
    }

    private void moved(ModelChanged change) {
        var keys = new ArrayList<String>();
        keys.add(name(change.getRegistry(), change.getName()));
        if (change.getFormerName() != null) {
            keys.add(name(change.getRegistry(), change.getFormerName()));
        }
        if (change.getStableId() != null) {
            keys.add(id(change.getRegistry(), change.getStableId()));
        }
        var all = new TreeSet<>(keys);
        keys.forEach(key -> all.addAll(renamed.getOrDefault(key, Set.of())));
        all.forEach(key -> renamed.put(key, all));
    }

    /** Names that the model had or has besides the one that it was uploaded under. */
    synchronized List<String> otherNames(ModelFingerprint model) {
        String own = name(model.getRegistry(), model.getName());
        String id = model.getStableId() == null ? null : id(model.getRegistry(), model.getStableId());
        Set<String> known = renamed.getOrDefault(id != null && renamed.containsKey(id) ? id : own, Set.of());
        // A name that was given up may be given to another model, which its id tells apart.
        boolean another = id != null && !known.contains(id) && known.stream().anyMatch(key -> key.startsWith("id\n"));
        String prefix = name(model.getRegistry(), "");
        return another
                ? List.of()
                : known.stream()
                        .filter(key -> key.startsWith(prefix) && !key.equals(own))
                        .map(key -> key.substring(prefix.length()))
                        .toList();
    }

    /** The model with the bases that its registry declares now; null when nothing about it changed. */
    synchronized @Nullable ModelFingerprint redeclared(ModelFingerprint model) {
        String id = model.getRegistry() + "/" + model.getName();
        ModelChanged all = declarations.get(id);
        ModelChanged one = declarations.get(id + "@" + model.getVersion());
        ModelChanged last = one == null || all != null && all.getChangedAt().isAfter(one.getChangedAt()) ? all : one;
        if (last == null || last.getChangedAt().isBefore(model.getUploadedAt())) {
            return null;
        }
        var bases = new ArrayList<>(last.getDeclaredBases());
        model.getDeclaredBases().stream()
                .filter(base -> !isOfRegistry(base) && !bases.contains(base))
                .forEach(bases::add);
        return bases.equals(model.getDeclaredBases())
                ? null
                : ModelFingerprint.newBuilder(model).setDeclaredBases(bases).build();
    }

    /** What files declare stays as it is: files do not change without an upload. */
    private static boolean isOfRegistry(DeclaredBase base) {
        return base.getSource().equals("registry-tag") || base.getSource().equals("webhook");
    }

    private static String model(ModelChanged change) {
        return change.getRegistry() + "/" + change.getName();
    }

    private static String name(String registry, String name) {
        return "name\n" + registry + "\n" + name;
    }

    private static String id(String registry, String stableId) {
        return "id\n" + registry + "\n" + stableId;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, this::restore);
        open = true;
    }

    private void restore(byte[] key, byte @Nullable [] value) {
        try {
            if (value != null) {
                apply(deserializer.deserialize(new String(key, StandardCharsets.UTF_8), value));
            }
        } catch (SerializationException undecodable) {
            // It was put aside when it was first read.
            return;
        }
    }

    @Override
    public void close() {
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
