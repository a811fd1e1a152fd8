package dev.forebear.alerts.page;

import dev.forebear.alerts.AlertIds;
import dev.forebear.alerts.readmodel.Samples;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Resolution;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.ToldAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What was raised about the models, whom it was told, and what people did. */
final class SeededAlerts {

    private static final String UNDISCLOSED = "undisclosed-ancestry";
    private static final String LICENCE = "licence-conflict";

    private final Seeds seeds;
    private int messages;

    SeededAlerts(Seeds seeds) {
        this.seeds = seeds;
    }

    void write() {
        raise(Family.HELIOS, UNDISCLOSED, Severity.HIGH, Family.BASALT, "nlp", 26);
        raise("internal/ticket-triage", UNDISCLOSED, Severity.HIGH, Family.BASALT, "support", 130);
        raise("internal/meeting-minutes", "contradicted-declaration", Severity.HIGH, Family.BASALT, "office", 270);
        raise(
                "internal/release-notes-writer",
                "copy-of-someone-elses",
                Severity.CRITICAL,
                Family.BASALT,
                "platform",
                49);
        raise("internal/support-assistant", UNDISCLOSED, Severity.HIGH, Family.BASALT_13B, "support", 98);
        raise("internal/policy-tutor", UNDISCLOSED, Severity.MEDIUM, Family.TERN, "legal", 220);
        raise("internal/claims-checker", "false-claim-from-scratch", Severity.HIGH, Family.TERN, "legal", 75);
        raise("internal/contracts-summariser", LICENCE, Severity.HIGH, Family.LANTERN, "legal", 51);
        raise("internal/invoice-reader", LICENCE, Severity.CRITICAL, Family.LANTERN, "payments", 170);
        raise("search/blend-7b", LICENCE, Severity.HIGH, Family.LANTERN, "search", 25);
        raise("internal/helios-7b-legal", UNDISCLOSED, Severity.MEDIUM, Family.HELIOS, "legal", 73);
        raise(Family.HOSTILE, UNDISCLOSED, Severity.MEDIUM, Family.BASALT, null, 50);
        raise("internal/ledger-embedder", "unsafe-file", Severity.CRITICAL, null, "payments", 218);
        raise("internal/voice-notes", "not-analysed", Severity.LOW, null, "speech", 24);
        raise("search/passage-ranker", "not-analysed", Severity.LOW, null, "search", 97);
        acknowledged("internal/invoice-reader", UNDISCLOSED, Severity.HIGH, Family.LANTERN, "payments", 168);
        acknowledged("internal/review-digest", UNDISCLOSED, Severity.MEDIUM, "internal/helios-7b-legal", "legal", 24);
        snoozed("internal/code-buddy", LICENCE, Severity.MEDIUM, Family.BASALT_13B, "platform", 290);
        snoozed(Family.LONG, LICENCE, Severity.LOW, Family.KELP, "search", 380);
        resolved(
                "internal/onboarding-guide",
                UNDISCLOSED,
                Severity.HIGH,
                Family.HELIOS,
                "office",
                240,
                Resolution.DECLARED);
        resolved("internal/email-draft", UNDISCLOSED, Severity.HIGH, Family.BASALT, "office", 330, Resolution.DECLARED);
        resolved("search/query-rewriter", LICENCE, Severity.MEDIUM, Family.KELP, "search", 190, Resolution.BY_HAND);
        resolved("internal/sealed-model", "not-analysed", Severity.LOW, null, "platform", 310, Resolution.FINDING_GONE);
    }

    private void raise(
            String derived, String rule, Severity severity, @Nullable String base, @Nullable String team, int hours) {
        LineageAlert alert = alert(derived, rule, severity, base, team, hours).build();
        write(alert);
        told(alert, severity == Severity.CRITICAL ? "oncall" : "governance-slack", hours);
    }

    private void acknowledged(
            String derived, String rule, Severity severity, @Nullable String base, String team, int hours) {
        Instant at = seeds.ago(Duration.ofHours(hours - 2));
        LineageAlert alert = alert(derived, rule, severity, base, team, hours)
                .setState(AlertState.ACKNOWLEDGED)
                .setStateBy("Mira Okafor")
                .setStateReason("The card is being corrected with the team.")
                .setStateAt(at)
                .setUpdatedAt(at)
                .build();
        act(alert, AlertActionKind.ACKNOWLEDGE, null);
        told(alert, "governance-slack", hours);
    }

    private void snoozed(
            String derived, String rule, Severity severity, @Nullable String base, String team, int hours) {
        Instant at = seeds.ago(Duration.ofHours(hours - 5));
        Instant until = seeds.now().plus(Duration.ofDays(12));
        LineageAlert alert = alert(derived, rule, severity, base, team, hours)
                .setState(AlertState.SNOOZED)
                .setStateBy("bo@example.com")
                .setStateReason("Counsel looks at the terms; nothing ships before.")
                .setStateAt(at)
                .setUpdatedAt(at)
                .setSnoozedUntil(until)
                .setSnoozedUntilChange(true)
                .build();
        act(alert, AlertActionKind.SNOOZE, until);
    }

    private void resolved(
            String derived,
            String rule,
            Severity severity,
            @Nullable String base,
            String team,
            int hours,
            Resolution resolution) {
        Instant at = seeds.ago(Duration.ofHours(hours - 30));
        boolean byHand = resolution == Resolution.BY_HAND;
        LineageAlert alert = alert(derived, rule, severity, base, team, hours)
                .setState(AlertState.RESOLVED)
                .setResolution(resolution)
                .setStateBy(byHand ? "ana@example.com" : null)
                .setStateReason(byHand ? "The index was built with the older model; both are gone." : null)
                .setStateAt(at)
                .setUpdatedAt(at)
                .build();
        if (byHand) {
            act(alert, AlertActionKind.RESOLVE, null);
        } else {
            write(alert);
        }
    }

    private LineageAlert.Builder alert(
            String derived, String rule, Severity severity, @Nullable String base, @Nullable String team, int hours) {
        boolean known = Family.ALL.stream().anyMatch(family -> family.modelId().equals(derived));
        List<String> versions = known
                ? IntStream.rangeClosed(1, Family.of(derived).versions())
                        .mapToObj(Family.of(derived)::version)
                        .toList()
                        .reversed()
                : List.of(derived + "@v1");
        Instant at = seeds.ago(Duration.ofHours(hours));
        Family ancestor = base == null ? null : Family.of(base);
        return Samples.alert(AlertIds.of(derived, rule, base))
                .setRule(rule)
                .setSeverity(severity)
                .setDerivedModelId(derived)
                .setDerivedModelVersionId(versions.getFirst())
                .setBaseModelId(base)
                .setBaseModelVersionId(ancestor == null ? null : ancestor.latest())
                .setBaseLicence(ancestor == null ? null : ancestor.licence())
                .setBasePublisher(
                        base != null && base.startsWith("hub/")
                                ? ModelVersionId.parse(base + "@x").name().split("/")[0]
                                : null)
                .setVersions(versions.stream()
                        .map(version -> new AlertVersion(version, version + "#1", at))
                        .toList())
                .setRelation(known ? Family.of(derived).kind() : null)
                .setDepth(
                        base == null ? 0 : known && Family.of(derived).parents().containsKey(base) ? 1 : 2)
                .setTeam(team)
                .setExposure("internal")
                .setTitle("Finding on " + versions.getFirst())
                .setExplanation(explanation(derived, rule, base))
                .setReportId(versions.getFirst() + "#1")
                .setRevisedAt(at)
                .setOpenedAt(at)
                .setUpdatedAt(at);
    }

    private static String explanation(String derived, String rule, @Nullable String base) {
        return switch (rule) {
            case "unsafe-file" -> derived + " brings pytorch_model.bin, a pickle that calls posix.system when loaded.";
            case "not-analysed" ->
                derived + " could not be read: model-00002-of-00004.safetensors is malformed. Nobody knows what it was"
                        + " made from.";
            case LICENCE ->
                derived + " may be used by whoever gets it; " + base
                        + ", which it was made from, allows less. By a table"
                        + " of common readings, not legal advice.";
            case "false-claim-from-scratch" ->
                derived + " says that it was trained from scratch. Its weights prove that it was made from " + base
                        + ": about 1 in 10^82 such matches by chance.";
            default ->
                derived + " was made from " + base + ", which it does not declare: about 1 in 10^82 such matches by"
                        + " chance, 16 of 16 layers agree.";
        };
    }

    private void write(LineageAlert alert) {
        seeds.write(Topics.LINEAGE_ALERTS, alert.getAlertId(), alert);
    }

    private void told(LineageAlert alert, String channel, int hours) {
        List<DeliveryOutcome> outcomes = new ArrayList<>();
        if (messages % 6 == 3) {
            outcomes.add(DeliveryOutcome.RETRYING);
        }
        outcomes.add(DeliveryOutcome.DELIVERED);
        String message = "ms_%016x".formatted(++messages);
        for (int attempt = 1; attempt <= outcomes.size(); attempt++) {
            DeliveryOutcome outcome = outcomes.get(attempt - 1);
            seeds.write(
                    Topics.ALERT_DELIVERIES,
                    channel,
                    Samples.delivery(
                                    message,
                                    channel,
                                    outcome,
                                    attempt,
                                    new ToldAlert(alert.getAlertId(), alert.getRevision(), AlertState.OPEN))
                            .setAlertId(alert.getAlertId())
                            .setStatusCode(outcome == DeliveryOutcome.DELIVERED ? 200 : 429)
                            .setDetail(outcome == DeliveryOutcome.DELIVERED ? null : "429, retry after 30 s")
                            .setAt(seeds.ago(Duration.ofHours(hours)).plusSeconds(30L * attempt))
                            .build());
        }
    }

    /** Writes what somebody did, and the alert in the state that this brought it into. */
    private void act(LineageAlert alert, AlertActionKind kind, @Nullable Instant until) {
        long offset = seeds.offsetOf(
                Topics.ALERT_ACTIONS,
                alert.getAlertId(),
                AlertAction.newBuilder()
                        .setAlertId(alert.getAlertId())
                        .setActionId("ac_" + alert.getAlertId())
                        .setKind(kind)
                        .setAuthor(alert.getStateBy())
                        .setReason(alert.getStateReason())
                        .setUntil(until)
                        .setUntilChange(until != null)
                        .setAt(alert.getStateAt())
                        .setVia("page")
                        .build());
        write(LineageAlert.newBuilder(alert).setNextActionOffset(offset + 1).build());
    }
}
