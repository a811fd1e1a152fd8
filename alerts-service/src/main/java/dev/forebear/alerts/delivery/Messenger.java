package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.MessagePurpose;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells one channel what it is owed, one message after the other. A message that failed is tried again as it is, with
 * the same identity; after some minutes one more is let through, to see whether the channel or the message is to blame.
 * Not thread-safe.
 */
final class Messenger {

    /** The delivery log is kept for 90 days; nobody waits that long for an alert. */
    static final Duration HORIZON = Duration.ofDays(30);

    /** A message that is tried for longer no longer holds back all others. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int MOST_UNDER_WAY = 2;
    /** What people do comes in bursts. */
    private static final Duration CHANGE_WAIT = Duration.ofSeconds(2);

    private static final Duration LONGEST_CHANGE_WAIT = Duration.ofSeconds(30);

    private final Channel channel;
    private final Ledger ledger;
    private final Composer composer;
    private final DeliveryWriter writer;
    private final RetryPolicy retry;
    private final InstantSource clock;
    private final DeliveryMeters meters;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final List<Parcel> underWay = new ArrayList<>();
    private Instant pauseUntil = Instant.EPOCH;
    private Instant lastAccepted = Instant.EPOCH;
    private boolean isFailing;
    private boolean isGone;

    Messenger(
            Channel channel,
            Ledger ledger,
            Composer composer,
            DeliveryWriter writer,
            RetryPolicy retry,
            InstantSource clock,
            DeliveryMeters meters) {
        this.channel = channel;
        this.ledger = ledger;
        this.composer = composer;
        this.writer = writer;
        this.retry = retry;
        this.clock = clock;
        this.meters = meters;
    }

    /** Begins with what the process before left: messages that wait for another attempt. */
    void takeOver() {
        underWay.clear();
        ledger.unfinished(channel.name())
                .forEach(unfinished -> underWay.add(
                        Parcel.unfinished(unfinished, ledger.contents(channel.name(), unfinished.messageId()))));
    }

    /** Makes at most one attempt; returns when it wants to be asked again, unless something changes before. */
    Instant step() throws InterruptedException {
        Instant now = clock.instant();
        if (isGone || now.isBefore(pauseUntil)) {
            return isGone ? Instant.MAX : pauseUntil;
        }
        Optional<Parcel> due = underWay.stream()
                .filter(parcel -> !release(parcel, now).isAfter(now))
                .min(Comparator.comparing(Parcel::nextAt));
        if (due.isPresent()) {
            retry(due.get(), now);
            return clock.instant();
        }
        Instant next = underWay.stream()
                .map(parcel -> release(parcel, now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        if (!mayBegin(now)) {
            Instant patience = underWay.getFirst().firstAt().plus(PATIENCE);
            return patience.isAfter(now) && patience.isBefore(next) ? patience : next;
        }
        Instant begin = begin(now);
        return begin.isBefore(next) ? begin : next;
    }

    /** Sends a test message now, whatever else is under way. */
    Answer test() throws InterruptedException {
        var parcel =
                new Parcel(MessageId.test(), MessagePurpose.TEST, List.of(), null, 0, clock.instant(), clock.instant());
        Answer answer = meters.time(channel, composer.test(parcel.id(), clock.instant()));
        Instant now = clock.instant();
        pauseUntil = now.plus(channel.spacing()).isAfter(pauseUntil) ? now.plus(channel.spacing()) : pauseUntil;
        DeliveryOutcome outcome =
                answer instanceof Answer.Accepted ? DeliveryOutcome.DELIVERED : DeliveryOutcome.FAILED;
        writer.record(parcel.delivery(channel.name(), answer, outcome, null, null, now));
        meters.attempted(channel, parcel, outcome, answer.detail());
        return answer;
    }

    private boolean mayBegin(Instant now) {
        return underWay.isEmpty()
                || underWay.size() < MOST_UNDER_WAY
                        && underWay.stream()
                                .allMatch(parcel ->
                                        !parcel.firstAt().plus(PATIENCE).isAfter(now));
    }

    private Instant begin(Instant now) throws InterruptedException {
        List<Pending> owed = ledger.owed(channel.name(), now.minus(HORIZON));
        Instant next = Instant.MAX;
        Set<String> changed = Set.of();
        if (channel.canChange()) {
            List<Ledger.Changed> changes = ledger.changed(channel.name());
            changed = changes.stream().map(change -> change.alert().alertId()).collect(Collectors.toSet());
            next = change(changes, owed, now);
            if (next.equals(now)) {
                return clock.instant();
            }
        }
        Step step = agenda(now).next(tellable(owed, changed), now);
        return switch (step) {
            case Step.Wait(Instant until) -> until.isBefore(next) ? until : next;
            case Step.Tell tell -> {
                attempt(Parcel.telling(channel.name(), tell, now), false, now);
                yield clock.instant();
            }
        };
    }

    /** Without what changes to earlier messages tell, and without groups of which a message is under way. */
    private List<Pending> tellable(List<Pending> owed, Set<String> changed) {
        Set<GroupKey> busy = underWay.stream()
                .flatMap(parcel -> parcel.tells().stream())
                .map(Pending::group)
                .collect(Collectors.toSet());
        return owed.stream()
                .filter(alert -> !changed.contains(alert.alertId()) && !busy.contains(alert.group()))
                .toList();
    }

    private Agenda agenda(Instant now) {
        Duration interval = channel.terms().timing() instanceof Timing.Immediate immediate
                ? immediate.groupInterval()
                : Duration.ZERO;
        return new Agenda(
                channel.terms(),
                group -> ledger.lastTold(channel.name(), group),
                ledger.taken(channel.name(), now.minus(interval)),
                ledger.lastDigest(channel.name()),
                !underWay.isEmpty() && !lastAccepted.plus(PATIENCE).isAfter(now));
    }

    /** Changes one earlier message, or says when; {@code now} when it did. */
    private Instant change(List<Ledger.Changed> changes, List<Pending> owed, Instant now) throws InterruptedException {
        Map<String, List<Pending>> byReference = changes.stream()
                .filter(change ->
                        underWay.stream().noneMatch(parcel -> change.reference().equals(parcel.changes())))
                .collect(Collectors.groupingBy(
                        Ledger.Changed::reference, Collectors.mapping(Ledger.Changed::alert, Collectors.toList())));
        Instant earliest = Instant.MAX;
        for (Map.Entry<String, List<Pending>> message : byReference.entrySet()) {
            Instant due = settled(message.getValue());
            if (!due.isAfter(now)) {
                List<Pending> alerts =
                        message.getValue().stream().limit(Agenda.MOST_ALERTS).toList();
                attempt(Parcel.changing(channel.name(), message.getKey(), alerts, now), ends(alerts, owed), now);
                return now;
            }
            earliest = due.isBefore(earliest) ? due : earliest;
        }
        return earliest;
    }

    private static Instant settled(List<Pending> alerts) {
        List<Instant> sorted = alerts.stream().map(Pending::since).sorted().toList();
        Instant quiet = sorted.getLast().plus(CHANGE_WAIT);
        Instant latest = sorted.getFirst().plus(LONGEST_CHANGE_WAIT);
        return quiet.isBefore(latest) ? quiet : latest;
    }

    private static boolean ends(List<Pending> alerts, List<Pending> owed) {
        Set<String> ended =
                owed.stream().filter(Pending::isOver).map(Pending::alertId).collect(Collectors.toSet());
        return alerts.stream().anyMatch(alert -> ended.contains(alert.alertId()));
    }

    /** When a message may be tried again: not before its time, and not in quiet hours. */
    private Instant release(Parcel parcel, Instant now) {
        Instant time = parcel.nextAt().isAfter(now) ? parcel.nextAt() : now;
        return parcel.tells().stream()
                .map(alert -> channel.terms().release(alert, time))
                .min(Comparator.naturalOrder())
                .orElse(time);
    }

    private void retry(Parcel parcel, Instant now) throws InterruptedException {
        underWay.remove(parcel);
        if (parcel.changes() != null) {
            attempt(parcel, ends(parcel.tells(), ledger.owed(channel.name(), now.minus(HORIZON))), now);
            return;
        }
        List<Pending> contents = ledger.contents(channel.name(), parcel.id());
        boolean isNews = contents.stream().anyMatch(alert -> alert.state() == AlertState.OPEN || alert.isOver());
        if (isNews) {
            attempt(parcel.telling(contents), false, now);
        } else {
            Answer over = new Answer.Refused(null, "dropped: all that it told of was over or answered before");
            writer.record(parcel.delivery(channel.name(), over, DeliveryOutcome.FAILED, null, null, now));
            meters.attempted(channel, parcel, DeliveryOutcome.FAILED, over.detail());
        }
    }

    private void attempt(Parcel parcel, boolean ends, Instant now) throws InterruptedException {
        Message message = composer.compose(parcel, ends, now);
        Answer answer = meters.time(channel, message);
        Instant after = clock.instant();
        pauseUntil = after.plus(channel.spacing());
        switch (answer) {
            case Answer.Accepted accepted -> {
                accepted(after);
                DeliveryOutcome outcome = DeliveryOutcome.DELIVERED;
                writer.record(parcel.delivery(channel.name(), accepted, outcome, accepted.reference(), null, after));
                meters.attempted(channel, parcel, outcome, accepted.detail());
            }
            case Answer.Postponed postponed -> postpone(parcel, postponed, message.thread(), after);
            case Answer.Refused refused -> giveUp(parcel, refused, message.thread(), after);
            case Answer.Gone gone -> {
                isGone = true;
                giveUp(parcel, gone, message.thread(), after);
            }
        }
    }

    /** The channel works: what waited because it did not is tried now. */
    private void accepted(Instant now) {
        if (isFailing) {
            underWay.replaceAll(parcel -> parcel.after(parcel.attempts(), now));
        }
        isFailing = false;
        lastAccepted = now;
    }

    private void postpone(Parcel parcel, Answer.Postponed postponed, @Nullable String thread, Instant now)
            throws InterruptedException {
        isFailing = true;
        int attempt = parcel.attempts() + 1;
        Instant next = now.plus(retry.waitAfter(attempt, random));
        Duration asked = postponed.retryAfter();
        if (asked != null) {
            pauseUntil = now.plus(asked).isAfter(pauseUntil) ? now.plus(asked) : pauseUntil;
            next = next.isBefore(pauseUntil) ? pauseUntil : next;
        }
        if (!retry.allows(parcel.firstAt(), next)) {
            giveUp(parcel, postponed, thread, now);
            return;
        }
        underWay.add(parcel.after(attempt, next));
        writer.record(parcel.delivery(channel.name(), postponed, DeliveryOutcome.RETRYING, thread, next, now));
        meters.attempted(channel, parcel, DeliveryOutcome.RETRYING, postponed.detail());
    }

    private void giveUp(Parcel parcel, Answer answer, @Nullable String thread, Instant now)
            throws InterruptedException {
        writer.giveUp(parcel.delivery(channel.name(), answer, DeliveryOutcome.FAILED, thread, null, now));
        meters.attempted(channel, parcel, DeliveryOutcome.FAILED, answer.detail());
    }
}
