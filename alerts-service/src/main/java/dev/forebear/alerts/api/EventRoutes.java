package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.Admission;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /events}: what kinds of things changed, told to whoever listens, at most four times a second. One thread looks
 * after all listeners; one that takes its time is told later, of everything at once. Thread-safe.
 */
final class EventRoutes {

    static final int MOST_LISTENERS = 500;

    private static final long TICK_MILLIS = 250;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** What the API calls that which comes from a topic; of other topics it tells nothing. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("model-uploads", "models"),
            Map.entry("model-changes", "models"),
            Map.entry("model-fingerprints", "models"),
            Map.entry("lineage-reports", "models"),
            Map.entry("lineage-alerts", "alerts"),
            Map.entry("alert-actions", "alerts"),
            Map.entry("alert-deliveries", "deliveries"),
            Map.entry("policy-versions", "policy"),
            Map.entry("policy-applications", "policy"),
            Map.entry("policy-exceptions", "exceptions"),
            Map.entry("quarantined-models", "quarantines"),
            Map.entry("audit-entries", "audit"),
            Map.entry("api-tokens", "tokens"),
            Map.entry("dead-letters", "dead-letters"),
            Map.entry("reads-in-progress", "reads"),
            Map.entry("registry-status", "registries"),
            Map.entry("registry-listings", "registries"));

    private final ReadModel model;
    private final Access access;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Set<String> untold = new TreeSet<>();
    private final Thread teller = Thread.ofVirtual().name("events").unstarted(this::tell);
    private volatile boolean open = true;

    EventRoutes(ReadModel model, Access access) {
        this.model = model;
        this.access = access;
    }

    /** What is told: what kinds of things changed, and how far that is. */
    record Event(long revision, Set<String> changed) {}

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/events", this::listen);
        config.events.serverStarted(() -> {
            model.onChange(this::note);
            teller.start();
        });
        // Listeners would keep the server from stopping.
        config.events.serverStopping(this::close);
    }

    private void listen(Context context) throws Exception {
        access.require(context, Role.VIEWER);
        Admission admission = access.admission(context);
        String accept = context.header("Accept");
        if (accept != null && !accept.contains("text/event-stream") && !accept.contains("*/*")) {
            throw new BadRequestResponse("Accept: expected text/event-stream, found " + Parameters.quoted(accept));
        }
        if (listeners.size() >= MOST_LISTENERS || !open) {
            throw new ServiceUnavailableResponse(MOST_LISTENERS + " listen already; try again later");
        }
        new SseHandler(client -> add(new Listener(client, admission))).handle(context);
    }

    private void add(Listener listener) {
        listener.client.keepAlive();
        listener.client.onClose(() -> listeners.remove(listener));
        listeners.add(listener);
        listener.client.sendEvent("hello", new Event(model.revision(), Set.of()), Long.toString(model.revision()));
        if (!open) {
            listener.client.close();
        }
    }

    private void note(Set<String> topics) {
        synchronized (untold) {
            topics.stream().filter(KINDS::containsKey).map(KINDS::get).forEach(untold::add);
        }
    }

    private void tell() {
        long heartbeat = System.nanoTime();
        try {
            while (open) {
                Thread.sleep(TICK_MILLIS);
                Set<String> changed = take();
                if (!changed.isEmpty()) {
                    listeners.forEach(listener -> listener.tell(changed));
                }
                if (System.nanoTime() - heartbeat > HEARTBEAT.toNanos()) {
                    heartbeat = System.nanoTime();
                    listeners.forEach(Listener::lookAfter);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<String> take() {
        synchronized (untold) {
            Set<String> taken = new TreeSet<>(untold);
            untold.clear();
            return taken;
        }
    }

    private void close() {
        open = false;
        teller.interrupt();
        listeners.forEach(listener -> listener.client.close());
    }

    /** Somebody who listens. What cannot be written at once waits, and what comes meanwhile is told with it. */
    private final class Listener {

        private final SseClient client;
        private final Admission admission;
        private final Set<String> waiting = new HashSet<>();
        private boolean heartbeat;
        private boolean busy;

        Listener(SseClient client, Admission admission) {
            this.client = client;
            this.admission = admission;
        }

        synchronized void tell(Set<String> changed) {
            waiting.addAll(changed);
            write();
        }

        synchronized void lookAfter() {
            heartbeat = true;
            write();
        }

        private void write() {
            if (!busy) {
                busy = true;
                Thread.ofVirtual().name("event").start(this::writeAll);
            }
        }

        private void writeAll() {
            while (next() instanceof Event event) {
                // A session or a token may end while somebody listens.
                if (!admission.stands().getAsBoolean()) {
                    client.sendEvent("bye", event);
                    client.close();
                } else if (event.changed.isEmpty()) {
                    client.sendComment("");
                } else {
                    client.sendEvent("changed", event, Long.toString(event.revision));
                }
            }
        }

        /** What to write now: an event, one that names nothing for a heartbeat, or null when there is nothing. */
        private synchronized @Nullable Event next() {
            if (client.terminated()) {
                return null;
            }
            if (!waiting.isEmpty()) {
                var event = new Event(model.revision(), new TreeSet<>(waiting));
                waiting.clear();
                return event;
            }
            if (heartbeat) {
                heartbeat = false;
                return new Event(model.revision(), Set.of());
            }
            busy = false;
            return null;
        }
    }
}
