package dev.forebear.ingest.status;

import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.schemas.wire.RefusalCount;
import dev.forebear.schemas.wire.RegistryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What this process has seen of one registry since it started. Thread-safe. */
public final class RegistryTally {

    private final String alias;
    private final String kind;
    private final @Nullable Duration listedEvery;
    private final Instant since;

    private @Nullable Instant lastEventAt;
    private @Nullable Duration lag;
    private long accepted;
    private long ignored;
    private long putAside;
    private final Map<String, RefusalCount> refused = new TreeMap<>();
    private long revision;

    private RegistryTally(String alias, String kind, @Nullable Duration listedEvery, Instant since) {
        this.alias = alias;
        this.kind = kind;
        this.listedEvery = listedEvery;
        this.since = since;
    }

    static RegistryTally of(Registration registration, Instant since) {
        RegistryApi api = registration.api();
        return new RegistryTally(
                registration.alias(), registration.kind().word(), api == null ? null : api.every(), since);
    }

    /** Whatever comes under an alias that nobody configured: anybody can think of new ones, so they are one. */
    static RegistryTally ofStrangers(Instant since) {
        return new RegistryTally("unknown", "none", null, since);
    }

    /** An event that announced something. */
    public synchronized void accepted(Instant receivedAt) {
        accepted++;
        believed(receivedAt);
    }

    /** An upload came that the registry says happened at this time. */
    public synchronized void uploaded(Instant at, Instant receivedAt) {
        Duration late = Duration.between(at, receivedAt);
        // A registry's clock may be ahead of ours.
        lag = late.isNegative() ? Duration.ZERO : late;
    }

    /** An event that announced nothing of use. */
    public synchronized void ignored(Instant receivedAt) {
        ignored++;
        believed(receivedAt);
    }

    /** An event that was kept as a dead letter. */
    public synchronized void putAside(Instant receivedAt) {
        putAside++;
        believed(receivedAt);
    }

    /**
     * A request that was not taken.
     *
     * @param reason one of the few words that are counted
     */
    public synchronized void refused(String reason, Instant receivedAt) {
        refused.merge(
                reason,
                new RefusalCount(reason, 1L, receivedAt),
                (before, now) -> new RefusalCount(reason, before.getCount() + 1, receivedAt));
        revision++;
    }

    private void believed(Instant receivedAt) {
        lastEventAt = receivedAt;
        revision++;
    }

    /** Grows with every request. */
    synchronized long revision() {
        return revision;
    }

    String alias() {
        return alias;
    }

    synchronized RegistryStatus status(String instance, Instant at) {
        return RegistryStatus.newBuilder()
                .setRegistry(alias)
                .setKind(kind)
                .setInstance(instance)
                .setAt(at)
                .setSince(since)
                .setLastEventAt(lastEventAt)
                .setLagMillis(lag == null ? null : lag.toMillis())
                .setAccepted(accepted)
                .setIgnored(ignored)
                .setPutAside(putAside)
                .setRefused(List.copyOf(refused.values()))
                .setListedEveryMillis(listedEvery == null ? null : listedEvery.toMillis())
                .build();
    }
}
