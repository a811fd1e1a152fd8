package dev.forebear.alerts.access;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AuditEntry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what people and machines do or try, other than acting on alerts. Write the entry before what it tells of:
 * a trail that says more than happened is better than one that says less. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {

    private final InstantSource clock = InstantSource.system();
    private final SortableId ids = new SortableId(clock);
    private final AcknowledgedWriter writer;

    public AuditTrail(KafkaConfig kafka, SchemaRegistryClient schemas) {
        this.writer = new AcknowledgedWriter(kafka, schemas);
    }

    /**
     * Notes what somebody does; returns when the broker has acknowledged it.
     *
     * @param action a noun and a verb, for example {@code exception.granted}
     * @param subject what it is done to: an identity
     * @param detail one line without secrets, or null
     * @throws io.javalin.http.ServiceUnavailableResponse when the broker does not in time: then let it be
     */
    public void write(Caller by, String action, String subject, @Nullable String detail) {
        write(entry(by, action, subject).setDetail(detail).build());
    }

    /**
     * Writes an entry; returns when the broker has acknowledged it.
     *
     * @throws io.javalin.http.ServiceUnavailableResponse when it does not in time
     */
    public void write(AuditEntry entry) {
        writer.write(Topics.AUDIT_ENTRIES, entry.getSubject(), entry);
    }

    /** Writes an entry in the background; a failure is logged. For refusals, which must not hold anybody up. */
    void writeLater(AuditEntry entry) {
        writer.writeLater(Topics.AUDIT_ENTRIES, entry.getSubject(), entry);
    }

    /** An entry of somebody, now. */
    AuditEntry.Builder entry(Caller by, String action, String subject) {
        return entry(by.name(), action, subject, by.via()).setRole(by.role()).setAddress(by.address());
    }

    /** An entry of somebody who is not signed in, now. */
    AuditEntry.Builder entry(String author, String action, String subject, String via) {
        return AuditEntry.newBuilder()
                .setEntryId(ids.next())
                .setAuthor(author)
                .setAction(action)
                .setSubject(subject)
                .setVia(via)
                .setAt(clock.instant());
    }

    @Override
    public void close() {
        writer.close();
    }
}
