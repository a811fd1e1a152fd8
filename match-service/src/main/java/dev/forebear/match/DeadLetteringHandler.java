package dev.forebear.match;

import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeadLetter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a record that cannot be decoded or processed aside, within the transaction of the task, and goes on with the
 * next. Kafka Streams makes it from its configuration; what it needs travels there too.
 */
public final class DeadLetteringHandler implements DeserializationExceptionHandler, ProcessingExceptionHandler {

    /** Configuration key of the {@link Outlet}. */
    static final String OUTLET = "forebear.dead.letters";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetteringHandler.class);

    private Outlet outlet;

    /** Kafka Streams calls this. */
    @SuppressWarnings("NullAway.Init")
    public DeadLetteringHandler() {}

    /** Where dead letters go. */
    record Outlet(String topic, DeadLetters letters, Serializer<DeadLetter> serializer) {

        static Outlet of(String prefix, DeadLetters letters, Serializer<DeadLetter> serializer) {
            return new Outlet(Topics.DEAD_LETTERS.name(prefix), letters, serializer);
        }
    }

    @Override
    public void configure(Map<String, ?> configs) {
        outlet = (Outlet) Objects.requireNonNull(configs.get(OUTLET), OUTLET);
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return DeserializationExceptionHandler.Response.resume(
                List.of(letter(record, DeadLetterReason.UNDECODABLE, exception)));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        LOG.atError()
                .setCause(exception)
                .addKeyValue("node", context.processorNodeId())
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .log("record could not be processed");
        var origin = new ConsumerRecord<>(
                context.topic(),
                context.partition(),
                context.offset(),
                context.sourceRawKey(),
                context.sourceRawValue());
        return ProcessingExceptionHandler.Response.resume(
                List.of(letter(origin, DeadLetterReason.MALFORMED, exception)));
    }

    private ProducerRecord<byte[], byte[]> letter(
            ConsumerRecord<byte[], byte[]> origin, DeadLetterReason reason, Exception exception) {
        var where = origin.topic() + "/" + origin.partition() + "@" + origin.offset();
        var letter = outlet.letters().of(origin, reason, where + ": " + exception.getMessage());
        try (var keys = new StringSerializer()) {
            return new ProducerRecord<>(
                    outlet.topic(),
                    keys.serialize(outlet.topic(), DeadLetters.key(letter)),
                    outlet.serializer().serialize(outlet.topic(), letter));
        }
    }
}
