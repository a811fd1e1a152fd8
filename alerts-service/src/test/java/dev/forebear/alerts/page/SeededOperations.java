package dev.forebear.alerts.page;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ListingPurpose;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.PolicyVersion;
import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.ReadPurpose;
import dev.forebear.schemas.wire.RefusalCount;
import dev.forebear.schemas.wire.RegistryStatus;
import dev.forebear.schemas.wire.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registries, exceptions, former policies, the audit trail and dead letters. */
final class SeededOperations {

    private final Seeds seeds;

    SeededOperations(Seeds seeds) {
        this.seeds = seeds;
    }

    void write() {
        registry("internal", "mlflow", 1_210, 34, 740L, List.of());
        registry("hub", "huggingface", 63, 410, 2_140L, List.of(new RefusalCount("bad-signature", 3L, hours(7))));
        registry("search", "s3", 20, 0, 1_020L, List.of());
        listing("internal", ListingPurpose.RECONCILIATION, 1_210, 0, hours(1));
        listing("hub", ListingPurpose.BACKFILL, 4_100, 22, null);
        reading();
        exception(
                "ex_7Q2K",
                "undisclosed-ancestry",
                "internal/email-draft",
                Family.BASALT,
                9,
                "Mira Okafor",
                "The licence was bought for the whole company, contract 4711.");
        exception(
                "ex_9XV4",
                null,
                "internal/glossary-bot",
                null,
                120,
                "ana@example.com",
                "An experiment on one desk; it is never shipped.");
        exception(
                "ex_3MT8",
                "licence-conflict",
                "internal/helios-7b-chat",
                Family.LANTERN,
                -3,
                "legal@example.com",
                "Counsel confirmed that the terms allow use within the company.");
        policy("sha256:41c00d8e2a13", "policy.yaml", 24);
        audit("au1", "ana@example.com", Role.ADMIN, "token.created", "ci", "viewer, until May", false, 60);
        audit("au2", "Mira Okafor", Role.RESPONDER, "exception.granted", "ex_7Q2K", "until next week", false, 30);
        audit("au3", "intern@example.com", Role.VIEWER, "exception.granted", "ex_7Q2K", "needs responder", true, 29);
        audit("au4", "ana@example.com", Role.ADMIN, "policy.applied", "licence-conflict", "told nobody", false, 20);
        audit("au5", "bo@example.com", Role.RESPONDER, "channel.tested", "governance-slack", "delivered", false, 4);
        deadLetter("fingerprint-worker", "undecodable", "model-uploads/2@991: schema id 77 is not registered", 17);
        deadLetter("ingest-service", "unreadable", "/hooks/hub: expected a field 'repo', found none", -1);
    }

    private Instant hours(int ago) {
        return seeds.ago(Duration.ofHours(ago));
    }

    private void registry(
            String alias, String kind, long accepted, long ignored, long lag, List<RefusalCount> refused) {
        seeds.write(
                Topics.REGISTRY_STATUS,
                alias + " ingest-1",
                RegistryStatus.newBuilder()
                        .setRegistry(alias)
                        .setKind(kind)
                        .setInstance("ingest-1")
                        .setAt(seeds.now().plusSeconds(3_600))
                        .setSince(hours(90))
                        .setLastEventAt(seeds.now().minusSeconds(lag))
                        .setLagMillis(lag)
                        .setAccepted(accepted)
                        .setIgnored(ignored)
                        .setPutAside(0)
                        .setRefused(refused)
                        .setListedEveryMillis(alias.equals("search") ? null : 3_600_000L)
                        .build());
    }

    private void listing(
            String alias, ListingPurpose purpose, long listed, long published, @Nullable Instant completed) {
        seeds.write(
                Topics.REGISTRY_LISTINGS,
                alias + " " + purpose,
                ListingProgress.newBuilder()
                        .setRegistry(alias)
                        .setPurpose(purpose)
                        .setStartedAt(hours(2))
                        .setUpdatedAt(hours(1))
                        .setCompletedAt(completed)
                        .setListed(listed)
                        .setPublished(published)
                        .setTotal(completed == null ? 9_800L : listed)
                        .build());
    }

    private void reading() {
        seeds.write(
                Topics.READS_IN_PROGRESS,
                "FINGERPRINT internal/atlas-70b@v2",
                ReadInProgress.newBuilder()
                        .setModelVersionId("internal/atlas-70b@v2")
                        .setPurpose(ReadPurpose.FINGERPRINT)
                        .setBytesRead(9_100_000_000L)
                        .setBytesPlanned(14_200_000_000L)
                        .setStartedAt(seeds.now().minusSeconds(40))
                        .setAt(seeds.now().plusSeconds(3_600))
                        .build());
    }

    private void exception(
            String id,
            @Nullable String rule,
            String derived,
            @Nullable String base,
            int days,
            String owner,
            String reason) {
        seeds.write(
                Topics.POLICY_EXCEPTIONS,
                id,
                PolicyException.newBuilder()
                        .setExceptionId(id)
                        .setRule(rule)
                        .setDerivedModelId(derived)
                        .setBaseModelId(base)
                        .setOwner(owner)
                        .setReason(reason)
                        .setExpiresAt(seeds.now().plus(Duration.ofDays(days)))
                        .setGrantedBy("bo@example.com")
                        .setGrantedAt(hours(24 * 30))
                        .build());
    }

    private void policy(String version, String source, int daysAgo) {
        seeds.write(
                Topics.POLICY_VERSIONS,
                version,
                new PolicyVersion(
                        version,
                        "policy: 1\n\nrules:\n  undisclosed-ancestry:\n    severity: medium\n",
                        source,
                        seeds.ago(Duration.ofDays(daysAgo))));
    }

    private void audit(
            String id,
            String author,
            Role role,
            String action,
            String subject,
            String detail,
            boolean refused,
            int hours) {
        seeds.write(
                Topics.AUDIT_ENTRIES,
                subject,
                new AuditEntry(id, author, role, action, subject, detail, refused, "page", "192.0.2.7", hours(hours)));
    }

    private void deadLetter(String stage, String reason, String message, long offset) {
        seeds.write(
                Topics.DEAD_LETTERS,
                stage + offset,
                DeadLetter.newBuilder()
                        .setStage(stage)
                        .setReason(reason)
                        .setMessage(message)
                        .setOriginTopic(offset < 0 ? "/hooks/hub" : "model-uploads")
                        .setOriginPartition(offset < 0 ? -1 : 2)
                        .setOriginOffset(offset)
                        .setKey(ByteBuffer.wrap("internal/<b>x</b>".getBytes(StandardCharsets.UTF_8)))
                        .setValue(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 77, -1}))
                        .setAttempts(5)
                        .setAt(hours(12))
                        .build());
    }
}
