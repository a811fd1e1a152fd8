package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ConnectedRegistries.ConnectedRegistry;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.RefusalCount;
import dev.forebear.schemas.wire.RegistryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connected registry. Counts are those of all ingest processes, each since it started.
 *
 * @param state {@code live}; {@code silent} when no process has told anything of it for three minutes
 * @param lagMillis from the registry's time of its last upload to the receipt of it
 * @param refused requests that were not taken, the most frequent reason first
 */
record RegistryView(
        String alias,
        String kind,
        String state,
        int processes,
        @Nullable String lastEventAt,
        @Nullable Long lagMillis,
        long accepted,
        long ignored,
        long putAside,
        long refusedTotal,
        List<RefusalView> refused,
        @Nullable Long listedEveryMillis,
        @Nullable ListingView reconciliation,
        @Nullable ListingView backfill,
        long models) {

    /** A process that is alive tells once a minute. */
    private static final Duration FRESH = Duration.ofMinutes(3);

    /** Requests refused for one reason. */
    record RefusalView(String reason, long count, String lastAt) {

        static RefusalView of(String reason, List<RefusalCount> counts) {
            return new RefusalView(
                    reason,
                    counts.stream().mapToLong(RefusalCount::getCount).sum(),
                    latest(counts.stream().map(RefusalCount::getLastAt)).toString());
        }

        private static Instant latest(Stream<Instant> times) {
            return times.max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        }
    }

    /** How far the listing of a registry has come. */
    record ListingView(
            String startedAt,
            String updatedAt,
            @Nullable String completedAt,
            long listed,
            long published,
            @Nullable Long total,
            @Nullable String problem) {

        static @Nullable ListingView of(@Nullable ListingProgress listing) {
            return listing == null
                    ? null
                    : new ListingView(
                            listing.getStartedAt().toString(),
                            listing.getUpdatedAt().toString(),
                            Objects.toString(listing.getCompletedAt(), null),
                            listing.getListed(),
                            listing.getPublished(),
                            listing.getTotal(),
                            listing.getProblem());
        }
    }

    /** @param models model versions known of it */
    static RegistryView of(ConnectedRegistry registry, Instant now, long models) {
        List<RegistryStatus> all = registry.processes();
        List<RegistryStatus> fresh = all.stream()
                .filter(status -> !status.getAt().isBefore(now.minus(FRESH)))
                .toList();
        RegistryStatus last = all.stream()
                .max(Comparator.comparing(RegistryView::lastHeard).thenComparing(RegistryStatus::getAt))
                .orElseThrow();
        List<RefusalView> refused = refused(all);
        return new RegistryView(
                registry.alias(),
                last.getKind(),
                fresh.isEmpty() ? "silent" : "live",
                fresh.size(),
                Objects.toString(last.getLastEventAt(), null),
                last.getLagMillis(),
                sum(all, RegistryStatus::getAccepted),
                sum(all, RegistryStatus::getIgnored),
                sum(all, RegistryStatus::getPutAside),
                refused.stream().mapToLong(RefusalView::count).sum(),
                refused,
                last.getListedEveryMillis(),
                ListingView.of(registry.reconciliation()),
                ListingView.of(registry.backfill()),
                models);
    }

    private static Instant lastHeard(RegistryStatus status) {
        return status.getLastEventAt() == null ? Instant.MIN : status.getLastEventAt();
    }

    private static long sum(List<RegistryStatus> statuses, ToLongFunction<RegistryStatus> count) {
        return statuses.stream().mapToLong(count).sum();
    }

    private static List<RefusalView> refused(List<RegistryStatus> statuses) {
        return statuses.stream()
                .flatMap(status -> status.getRefused().stream())
                .collect(Collectors.groupingBy(RefusalCount::getReason))
                .entrySet()
                .stream()
                .map(entry -> RefusalView.of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(RefusalView::count).reversed().thenComparing(RefusalView::reason))
                .toList();
    }
}
