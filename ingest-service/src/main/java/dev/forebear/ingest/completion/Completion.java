package dev.forebear.ingest.completion;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.publication.AnnouncementRecords;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Metrics;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ObjectChanged;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects what changed folder by folder and publishes the models that are complete, or gone. Used by one thread. */
public final class Completion {

    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

    private final CompletionConfig config;
    private final AvroSerde<ObjectChanged> serde;
    private final FolderAnnouncements announcements;
    private final Publisher publisher;
    private final DeadLetters deadLetters;
    private final Metrics metrics;
    private final PendingModels models;

    /**
     * @param registrations of this process, by alias
     * @param registry stays the caller's to close, as does the publisher
     */
    public Completion(
            CompletionConfig config,
            Map<String, Registration> registrations,
            SchemaRegistryClient registry,
            Publisher publisher,
            DeadLetters deadLetters,
            Metrics metrics) {
        this.config = config;
        this.serde = new AvroSerde<>(ObjectChanged.class, registry);
        this.announcements = new FolderAnnouncements(registrations);
        this.publisher = publisher;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.models = new PendingModels(config.maxFiles());
    }

    /**
     * Takes a change in.
     *
     * @param told whether what follows from it was published before
     * @throws NotStoredException when something had to be published to make place, and was not acknowledged; then the
     *     change has been taken in all the same, and may be so again
     */
    void takeIn(ConsumerRecord<byte[], byte[]> record, boolean told) throws NotStoredException {
        try {
            ObjectChanged change = decoded(record);
            models.apply(
                    new TopicPartition(record.topic(), record.partition()),
                    change,
                    record.offset(),
                    Instant.ofEpochMilli(record.timestamp()),
                    told,
                    traceParent(record));
        } catch (SerializationException e) {
            if (!told) {
                String line = record.topic() + "/" + record.partition() + "@" + record.offset() + ": " + e.getMessage();
                Publisher.await(List.of(publisher.send(deadLetters.of(record, DeadLetterReason.UNDECODABLE, line))));
            }
        }
        for (var many = models.oneTooMany(); many.isPresent(); many = models.oneTooMany()) {
            tell(many.get(), "pushed-out");
        }
    }

    private ObjectChanged decoded(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new SerializationException("expected a change of an object, found no value");
        }
        return serde.deserializer().deserialize(record.topic(), record.headers(), record.value());
    }

    private static @Nullable String traceParent(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("traceparent");
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * Publishes the models that are complete, have been quiet for long, or are gone.
     *
     * @param now the time by a partition
     * @throws NotStoredException when the broker did not acknowledge; then they are published again the next time
     */
    void tell(Function<TopicPartition, Instant> now) throws NotStoredException {
        for (PendingModel model : models.waiting()) {
            var readiness = model.readiness(now.apply(model.partition()), config.settle(), announcements.quiet(model));
            switch (readiness) {
                case TOLD, WAITS -> {}
                case COMPLETE, QUIET, GONE -> tell(model, readiness.name().toLowerCase(Locale.ROOT));
                case VANISHED -> models.told(model);
            }
        }
    }

    private void tell(PendingModel model, String reason) throws NotStoredException {
        boolean gone = model.weights().isEmpty();
        try {
            Announcement announcement = gone ? announcements.deletion(model) : announcements.upload(model);
            var records = new AnnouncementRecords(
                    kind(model), Lane.INTERACTIVE, model.last().getReceivedAt());
            Publisher.await(List.of(publisher.send(announcement, records, announcement.traceParent())));
        } catch (IllegalArgumentException e) {
            putAside(model, String.valueOf(e.getMessage()));
        }
        models.told(model);
        metrics.registry()
                .counter("forebear.folders.told", "alias", model.last().getRegistry(), "reason", reason)
                .increment();
        LOG.atInfo()
                .addKeyValue("alias", model.last().getRegistry())
                .addKeyValue("folder", model.last().getFolder())
                .addKeyValue("files", model.weights().files().size())
                .addKeyValue("reason", reason)
                .log("folder told");
    }

    private static RegistryKind kind(PendingModel model) {
        String word = model.last().getSender();
        return RegistryKind.of(word)
                .orElseThrow(() ->
                        new IllegalArgumentException(model.last().getFolder() + ": unknown kind of registry " + word));
    }

    private void putAside(PendingModel model, String message) throws NotStoredException {
        byte[] lastChange = model.last().toString().getBytes(StandardCharsets.UTF_8);
        DeadLetter letter = deadLetters.ofRequest(
                Topics.OBJECT_CHANGES.name(), Map.of(), lastChange, DeadLetterReason.UNUSABLE, message);
        Publisher.await(List.of(publisher.send(letter)));
    }

    /** Offsets of the oldest waiting changes of folders. */
    Collection<Long> waiting(TopicPartition partition) {
        return models.waiting(partition);
    }

    /** Forgets partitions that another process has now. */
    void forget(Collection<TopicPartition> partitions) {
        models.forget(partitions);
    }
}
