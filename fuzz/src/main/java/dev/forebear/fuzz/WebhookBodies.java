package dev.forebear.fuzz;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Announcements of all registries, from senders who need no secret.
 *
 * <pre>
 *   kind u8 (index in RegistryKind, modulo), body
 * </pre>
 */
final class WebhookBodies implements Parser {

    private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");
    private static final Map<String, String> STRUCTURED = Map.of("Content-Type", "application/cloudevents+json");

    private final List<Sender> senders = Arrays.stream(RegistryKind.values())
            .map(kind -> Registration.open("registry", kind))
            .map(Sender::of)
            .toList();

    @Override
    public void read(byte[] input) throws CheckpointException {
        if (input.length == 0) {
            return;
        }
        Sender sender = senders.get(Byte.toUnsignedInt(input[0]) % senders.size());
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        Outcome outcome = sender.receive(new Webhook(STRUCTURED, body, TIME));
        switch (outcome) {
            case Outcome.Accepted accepted -> {}
            case Outcome.ToBeListed listed -> {}
            case Outcome.Confirmed confirmed -> {}
            case Outcome.Ignored ignored -> {}
            case Outcome.PutAside(var reason, var message) -> throw refused(message);
            case Outcome.Rejected(int status, String reason, String message) -> throw refused(message);
        }
    }

    private static CheckpointException refused(String message) {
        return new CheckpointException(Reason.MALFORMED, "webhook", message);
    }
}
