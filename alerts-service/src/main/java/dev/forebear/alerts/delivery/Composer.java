package dev.forebear.alerts.delivery;

import dev.forebear.alerts.delivery.Message.Kind;
import dev.forebear.schemas.wire.MessagePurpose;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Makes the messages of one channel from what the read model knows when they are sent. */
final class Composer {

    private static final Comparator<Pending> MOST_URGENT_FIRST = Comparator.comparing(Pending::isOver)
            .thenComparing(Pending::severity, Comparator.reverseOrder())
            .thenComparing(Pending::since)
            .thenComparing(Pending::alertId);

    private final Channel channel;
    private final Ledger ledger;
    private final Jdbi queries;
    private final Links links;

    Composer(Channel channel, Ledger ledger, Jdbi queries, Links links) {
        this.channel = channel;
        this.ledger = ledger;
        this.queries = queries;
        this.links = links;
    }

    /** @param ends whether it tells the end of what was told, not only what people did */
    Message compose(Parcel parcel, boolean ends, Instant now) {
        List<Pending> tells = sorted(parcel.tells());
        boolean isOver = tells.stream().allMatch(Pending::isOver);
        GroupKey group = commonGroup(tells);
        String thread = thread(parcel, group, isOver);
        Kind kind;
        if (parcel.changes() != null) {
            kind = ends ? Kind.RESOLVED : Kind.CHANGED;
        } else if (parcel.purpose() == MessagePurpose.DIGEST) {
            kind = Kind.DIGEST;
        } else if (isOver) {
            kind = Kind.RESOLVED;
        } else {
            kind = wasTold(thread, group) ? Kind.UPDATED : Kind.OPENED;
        }
        Message whole = thread == null || !channel.canChange() ? null : whole(thread, tells, now);
        return message(parcel.id(), kind, tells, thread, whole, now);
    }

    Message test(String id, Instant now) {
        return Message.test(id, channel.name(), links, now);
    }

    private @Nullable String thread(Parcel parcel, @Nullable GroupKey group, boolean isOver) {
        if (parcel.changes() != null) {
            return parcel.changes();
        }
        return group == null || parcel.purpose() == MessagePurpose.DIGEST
                ? null
                : ledger.conversation(channel.name(), group, isOver).orElse(null);
    }

    private boolean wasTold(@Nullable String thread, @Nullable GroupKey group) {
        return thread != null || group != null && ledger.lastTold(channel.name(), group) != null;
    }

    /** The first message of the thread as it should read now: all that was told under it, and what is new. */
    private Message whole(String thread, List<Pending> news, Instant now) {
        Map<String, Pending> alerts = new LinkedHashMap<>();
        ledger.told(channel.name(), thread).forEach(alert -> alerts.put(alert.alertId(), alert));
        news.forEach(alert -> alerts.put(alert.alertId(), alert));
        List<Pending> all = sorted(alerts.values());
        String id = ledger.firstMessage(channel.name(), thread).orElse(thread);
        boolean isOver = all.stream().allMatch(Pending::isOver);
        Kind kind = commonGroup(all) == null ? Kind.DIGEST : isOver ? Kind.RESOLVED : Kind.OPENED;
        return message(id, kind, all, null, null, now);
    }

    private Message message(
            String id, Kind kind, List<Pending> alerts, @Nullable String thread, @Nullable Message whole, Instant now) {
        List<String> shown = alerts.stream()
                .filter(alert -> kind != Kind.DIGEST || !alert.isOver())
                .limit(Message.MOST_SHOWN)
                .map(Pending::alertId)
                .toList();
        List<Notice> notices = AlertRows.byId(queries, shown).stream()
                .map(alert -> Notice.of(alert, links))
                .toList();
        GroupKey group = commonGroup(alerts);
        URI link = group == null ? links.alerts() : links.group(group);
        // Only mail can be ended by its recipients.
        Set<String> optedOut = channel instanceof Email ? ledger.optedOut(channel.name()) : Set.of();
        return new Message(
                id,
                kind,
                channel.name(),
                group,
                Overview.of(alerts),
                notices,
                thread,
                whole,
                link,
                links,
                optedOut,
                now);
    }

    private static List<Pending> sorted(Collection<Pending> alerts) {
        return alerts.stream().sorted(MOST_URGENT_FIRST).toList();
    }

    private static @Nullable GroupKey commonGroup(List<Pending> alerts) {
        GroupKey first = alerts.isEmpty() ? null : alerts.getFirst().group();
        return alerts.stream().allMatch(alert -> alert.group().equals(first)) ? first : null;
    }
}
