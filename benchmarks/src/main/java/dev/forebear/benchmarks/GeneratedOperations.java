package dev.forebear.benchmarks;

import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.Role;
import dev.forebear.schemas.wire.ToldAlert;
import java.util.List;

/** What was sent and what people did about the alerts of a {@link GeneratedRegistry}, by numbers. */
final class GeneratedOperations {

    private static final List<String> ACTIONS =
            List.of("sign-in", "token.create", "exception.grant", "policy.apply", "channel.test");

    private final GeneratedRegistry registry;

    GeneratedOperations(GeneratedRegistry registry) {
        this.registry = registry;
    }

    /** The message that told of an alert; some failed, and some are tried again. */
    AlertDelivery delivery(int alert) {
        DeliveryOutcome outcome = alert % 50 == 0
                ? DeliveryOutcome.FAILED
                : alert % 20 == 1 ? DeliveryOutcome.RETRYING : DeliveryOutcome.DELIVERED;
        return AlertDelivery.newBuilder()
                .setAlertId(GeneratedRegistry.alertId(alert))
                .setChannel(GeneratedRegistry.CHANNEL)
                .setState(AlertState.OPEN)
                .setOutcome(outcome)
                .setAttempt(1)
                .setAt(registry.openedAt(alert).plusSeconds(10))
                .setMessageId("msg_%08x".formatted(alert))
                .setTells(List.of(new ToldAlert(GeneratedRegistry.alertId(alert), 1, AlertState.OPEN)))
                .setStatusCode(outcome == DeliveryOutcome.DELIVERED ? 200 : 503)
                .build();
    }

    AlertAction action(int alert) {
        return AlertAction.newBuilder()
                .setAlertId(GeneratedRegistry.alertId(alert))
                .setKind(AlertActionKind.COMMENT)
                .setAuthor("responder-" + alert % 40)
                .setReason("Asked the team.")
                .setAt(registry.openedAt(alert).plusSeconds(60))
                .setActionId("act_%08x".formatted(alert))
                .build();
    }

    AuditEntry entry(int number) {
        return AuditEntry.newBuilder()
                .setEntryId("aud_%08x".formatted(number))
                .setAuthor("responder-" + number % 40)
                .setRole(Role.RESPONDER)
                .setAction(ACTIONS.get(number % ACTIONS.size()))
                .setSubject("subject-" + number % 300)
                .setRefused(number % 25 == 0)
                .setVia("api")
                .setAt(registry.openedAt(number).plusSeconds(30))
                .build();
    }
}
