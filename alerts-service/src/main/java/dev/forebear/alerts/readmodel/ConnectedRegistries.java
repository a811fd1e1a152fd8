package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ListingPurpose;
import dev.forebear.schemas.wire.RegistryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the connected registries do, as the ingest processes tell. A process tells once a minute even when nothing
 * happens; what one that has been silent for a day has told is forgotten. Thread-safe.
 */
public final class ConnectedRegistries {

    private static final Duration KEPT = Duration.ofDays(1);

    private final Map<String, RegistryStatus> statuses = new HashMap<>();
    private final Map<String, ListingProgress> listings = new HashMap<>();

    /**
     * One registry.
     *
     * @param processes what each ingest process tells of it, by the name of the process; at least one
     * @param reconciliation the last one, or null
     * @param backfill the last one, or null
     */
    public record ConnectedRegistry(
            String alias,
            List<RegistryStatus> processes,
            @Nullable ListingProgress reconciliation,
            @Nullable ListingProgress backfill) {

        public ConnectedRegistry {
            processes = List.copyOf(processes);
        }
    }

    synchronized void apply(RegistryStatus status) {
        statuses.put(status.getRegistry() + " " + status.getInstance(), status);
    }

    synchronized void apply(ListingProgress listing) {
        listings.put(key(listing.getRegistry(), listing.getPurpose()), listing);
    }

    synchronized void forgetStatus(String key) {
        statuses.remove(key);
    }

    synchronized void forgetListing(String key) {
        listings.remove(key);
    }

    /** All that are connected, by alias. */
    public synchronized List<ConnectedRegistry> at(Instant now) {
        statuses.values().removeIf(status -> status.getAt().isBefore(now.minus(KEPT)));
        Map<String, Map<String, RegistryStatus>> byAlias = new TreeMap<>();
        statuses.values()
                .forEach(status -> byAlias.computeIfAbsent(status.getRegistry(), alias -> new TreeMap<>())
                        .put(status.getInstance(), status));
        return byAlias.entrySet().stream()
                .map(entry -> new ConnectedRegistry(
                        entry.getKey(),
                        List.copyOf(entry.getValue().values()),
                        listings.get(key(entry.getKey(), ListingPurpose.RECONCILIATION)),
                        listings.get(key(entry.getKey(), ListingPurpose.BACKFILL))))
                .toList();
    }

    private static String key(String alias, ListingPurpose purpose) {
        return alias + " " + purpose;
    }
}
