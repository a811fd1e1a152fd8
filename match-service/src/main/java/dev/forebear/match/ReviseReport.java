package dev.forebear.match;

import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Says again what a model was made from, now that its weights were held against those of its relatives. */
final class ReviseReport implements Processor<String, Confirmation, String, LineageReport> {

    private ProcessorContext<String, LineageReport> context;

    @SuppressWarnings("NullAway.Init")
    ReviseReport() {}

    @Override
    public void init(ProcessorContext<String, LineageReport> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, Confirmation> record) {
        var report = ConfirmedReport.of(record.value(), Instant.ofEpochMilli(context.currentSystemTimeMs()));
        context.forward(record.withValue(report));
    }
}
