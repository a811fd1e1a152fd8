package dev.forebear.alerts;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.PolicyException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions that people granted, lapsed and revoked ones among them. What an exception does not name it covers all of:
 * it is about a version, a model, a model and an ancestor, or a rule.
 */
public record GrantedExceptions(List<PolicyException> all) {

    public static final GrantedExceptions NONE = new GrantedExceptions(List.of());

    private static final Comparator<PolicyException> LONGEST_FIRST = Comparator.comparing(PolicyException::getExpiresAt)
            .reversed()
            .thenComparing(PolicyException::getExceptionId);

    public GrantedExceptions {
        all = List.copyOf(all);
    }

    /**
     * The exception by which nobody need act on an alert: every version that has the finding is covered. Of several the
     * one that ends first, since with it the alert comes back. Empty when a version is not covered, or there is none.
     */
    Optional<PolicyException> covering(LineageAlert alert, Instant now) {
        PolicyException first = null;
        for (AlertVersion version : alert.getVersions()) {
            PolicyException covering = covering(Found.of(alert, version.getModelVersionId()), now);
            if (covering == null) {
                return Optional.empty();
            }
            if (first == null || covering.getExpiresAt().isBefore(first.getExpiresAt())) {
                first = covering;
            }
        }
        return Optional.ofNullable(first);
    }

    /**
     * The exception by which nobody need act on a finding of which there is no alert; of several the one that lasts
     * longest.
     *
     * @param baseModelId of the ancestor that the rule fired on; null when it is not about one
     */
    public Optional<PolicyException> covering(
            ModelVersionId derived, String rule, @Nullable String baseModelId, Instant now) {
        return Optional.ofNullable(covering(new Found(rule, derived.modelId(), derived.version(), baseModelId), now));
    }

    private @Nullable PolicyException covering(Found found, Instant now) {
        return all.stream()
                .filter(exception -> isInForce(exception, now) && covers(exception, found))
                .min(LONGEST_FIRST)
                .orElse(null);
    }

    /** What an exception may be about. */
    private record Found(
            String rule,
            String derivedModelId,
            String derivedVersion,
            @Nullable String baseModelId) {

        static Found of(LineageAlert alert, String modelVersionId) {
            return new Found(
                    alert.getRule(),
                    alert.getDerivedModelId(),
                    ModelVersionId.parse(modelVersionId).version(),
                    alert.getBaseModelId());
        }
    }

    /** Whether any version of an alert is what an exception is about, in force or not. */
    static boolean isAbout(PolicyException exception, LineageAlert alert) {
        return alert.getVersions().stream()
                .anyMatch(version -> covers(exception, Found.of(alert, version.getModelVersionId())));
    }

    /** The exception with this id, in force or not. */
    Optional<PolicyException> byId(@Nullable String exceptionId) {
        return all.stream()
                .filter(exception -> exception.getExceptionId().equals(exceptionId))
                .findFirst();
    }

    /** Whether an exception has begun and neither lapsed nor been revoked. */
    static boolean isInForce(PolicyException exception, Instant now) {
        return now.isBefore(exception.getExpiresAt())
                && (exception.getRevokedAt() == null || now.isBefore(exception.getRevokedAt()));
    }

    private static boolean covers(PolicyException exception, Found found) {
        return isAboutSomething(exception)
                && isOrAll(exception.getRule(), found.rule)
                && isOrAll(exception.getDerivedModelId(), found.derivedModelId)
                && isOrAll(exception.getDerivedVersion(), found.derivedVersion)
                && isOrAll(exception.getBaseModelId(), found.baseModelId);
    }

    /** Nobody may silence everything, and a version is one of some model. */
    private static boolean isAboutSomething(PolicyException exception) {
        return exception.getDerivedModelId() != null
                || exception.getRule() != null && exception.getDerivedVersion() == null;
    }

    private static boolean isOrAll(@Nullable String named, @Nullable String found) {
        return named == null || named.equals(found);
    }
}
