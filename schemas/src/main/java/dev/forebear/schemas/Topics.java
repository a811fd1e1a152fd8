package dev.forebear.schemas;

import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.EmailPreference;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.ObjectChanged;
import dev.forebear.schemas.wire.PolicyApplication;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.PolicyVersion;
import dev.forebear.schemas.wire.QuarantinedModel;
import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.RegistryStatus;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayedReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** The table of all topics: the only place where one is declared. */
public final class Topics {

    /** A replay that was interrupted and is resumed within this time reads what it read before. */
    private static final Duration HISTORY = Duration.ofDays(1);

    /** Every upload that a registry announced; the audit log of what arrived. */
    public static final Topic<ModelUploaded> MODEL_UPLOADS =
            Topic.keptForever("model-uploads", "model id", ModelUploaded.class);

    /** What happened to models other than uploads: gone, renamed, seen by others, declared otherwise. */
    public static final Topic<ModelChanged> MODEL_CHANGES =
            Topic.keptForever("model-changes", "model id", ModelChanged.class);

    /** Objects that changed in a bucket, until it is known whether they make a model. */
    public static final Topic<ObjectChanged> OBJECT_CHANGES =
            Topic.keptFor(Duration.ofDays(7), "object-changes", "folder", ObjectChanged.class);

    /** How far the listings of the registries have come; whoever continues them starts there. */
    public static final Topic<ListingProgress> REGISTRY_LISTINGS =
            Topic.compacted("registry-listings", "registry and purpose", ListingProgress.class);

    /** How every connected registry does, as every ingest process sees it. */
    public static final Topic<RegistryStatus> REGISTRY_STATUS =
            Topic.compacted("registry-status", "registry and instance", RegistryStatus.class);

    /** What is known of the weights of every model version; each partition is a shard of the matcher's table. */
    public static final Topic<ModelFingerprint> MODEL_FINGERPRINTS =
            Topic.compactedAfter(HISTORY, "model-fingerprints", "model version id", ModelFingerprint.class);

    /** Questions to the shards; the partition is set explicitly, one copy for each shard. */
    public static final Topic<LineageQuery> LINEAGE_QUERIES =
            Topic.keptFor(Duration.ofDays(1), "lineage-queries", "query id", LineageQuery.class);

    /** The shards' answers. */
    public static final Topic<LineageCandidates> LINEAGE_CANDIDATES =
            Topic.keptFor(Duration.ofDays(1), "lineage-candidates", "query id", LineageCandidates.class);

    /** Asks the workers to hold the weights of a model against those of its relatives. */
    public static final Topic<ConfirmationRequest> CONFIRMATION_REQUESTS =
            Topic.keptFor(Duration.ofDays(7), "confirmation-requests", "model version id", ConfirmationRequest.class);

    /** The workers' answers. */
    public static final Topic<Confirmation> CONFIRMATIONS =
            Topic.keptFor(Duration.ofDays(7), "confirmations", "model version id", Confirmation.class);

    /** How far the workers have come in what they read now; what has ended is deleted. */
    public static final Topic<ReadInProgress> READS_IN_PROGRESS =
            Topic.compacted("reads-in-progress", "purpose and model version id", ReadInProgress.class);

    /** What each model version was made from; every revision stays. */
    public static final Topic<LineageReport> LINEAGE_REPORTS =
            Topic.keptForever("lineage-reports", "model version id", LineageReport.class);

    /** Last state of every alert. */
    public static final Topic<LineageAlert> LINEAGE_ALERTS =
            Topic.compactedAfter(HISTORY, "lineage-alerts", "alert id", LineageAlert.class);

    /** What people did with alerts; the audit trail. */
    public static final Topic<AlertAction> ALERT_ACTIONS =
            Topic.keptForever("alert-actions", "alert id", AlertAction.class);

    /** Attempts to tell a channel. */
    public static final Topic<AlertDelivery> ALERT_DELIVERIES =
            Topic.keptFor(Duration.ofDays(90), "alert-deliveries", "channel", AlertDelivery.class);

    /** Every policy that was in use. */
    public static final Topic<PolicyVersion> POLICY_VERSIONS =
            Topic.keptForever("policy-versions", "policy version", PolicyVersion.class);

    /** Requests to hold what is known against the policy. */
    public static final Topic<PolicyApplication> POLICY_APPLICATIONS =
            Topic.keptForever("policy-applications", "application id", PolicyApplication.class);

    /** Findings that raise no alert for a time; lapsed and revoked ones stay. */
    public static final Topic<PolicyException> POLICY_EXCEPTIONS =
            Topic.compacted("policy-exceptions", "exception id", PolicyException.class);

    /** What people and machines did or tried, other than acting on alerts; the audit trail. */
    public static final Topic<AuditEntry> AUDIT_ENTRIES =
            Topic.keptForever("audit-entries", "subject", AuditEntry.class);

    /** Tokens that let somebody in, as hashes. */
    public static final Topic<ApiToken> API_TOKENS = Topic.compacted("api-tokens", "token id", ApiToken.class);

    /** Addresses that do not want the mail of a channel any more, or again. */
    public static final Topic<EmailPreference> EMAIL_PREFERENCES =
            Topic.compacted("email-preferences", "channel and address", EmailPreference.class);

    /** Models that nothing may descend from any more; lifted ones stay. */
    public static final Topic<QuarantinedModel> QUARANTINED_MODELS =
            Topic.compacted("quarantined-models", "model id, or model version id", QuarantinedModel.class);

    /** What was asked of the past, and how far the answer has come. */
    public static final Topic<Replay> REPLAYS = Topic.compacted("replays", "replay id", Replay.class);

    /** The answers, one for each upload. */
    public static final Topic<ReplayedReport> REPLAYED_REPORTS =
            Topic.keptFor(Duration.ofDays(90), "replayed-reports", "replay id", ReplayedReport.class);

    /** What could not be processed, with its original bytes and the reason. */
    public static final Topic<DeadLetter> DEAD_LETTERS =
            Topic.keptFor(Duration.ofDays(90), "dead-letters", "origin topic/partition/offset", DeadLetter.class);

    private static final List<Topic<?>> ALL = List.of(
            MODEL_UPLOADS,
            MODEL_CHANGES,
            OBJECT_CHANGES,
            REGISTRY_LISTINGS,
            REGISTRY_STATUS,
            MODEL_FINGERPRINTS,
            LINEAGE_QUERIES,
            LINEAGE_CANDIDATES,
            CONFIRMATION_REQUESTS,
            CONFIRMATIONS,
            READS_IN_PROGRESS,
            LINEAGE_REPORTS,
            LINEAGE_ALERTS,
            ALERT_ACTIONS,
            ALERT_DELIVERIES,
            POLICY_VERSIONS,
            POLICY_APPLICATIONS,
            POLICY_EXCEPTIONS,
            AUDIT_ENTRIES,
            API_TOKENS,
            EMAIL_PREFERENCES,
            QUARANTINED_MODELS,
            REPLAYS,
            REPLAYED_REPORTS,
            DEAD_LETTERS);

    private static final List<Topic<?>> SHARDED = List.of(MODEL_FINGERPRINTS, LINEAGE_QUERIES);

    private Topics() {}

    /** All topics in the order of the flow. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /** Partition into which Kafka's own clients put records with this key. */
    public static int partition(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** Topics whose partitions are the matcher's shards: they must have equally many. */
    public static List<Topic<?>> sharded() {
        return SHARDED;
    }
}
