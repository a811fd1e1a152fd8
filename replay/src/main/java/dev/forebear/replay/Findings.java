package dev.forebear.replay;

import dev.forebear.replay.audit.AuditedEvent;
import dev.forebear.replay.audit.AuditedFinding;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about an upload, as it waits in a temporary file for the documents.
 *
 * @param findings the most severe first
 * @param events in the order in which they were written
 */
record Findings(List<AuditedFinding> findings, List<AuditedEvent> events) {

    byte[] bytes() throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        var out = new DataOutputStream(bytes);
        out.writeInt(findings.size());
        for (AuditedFinding finding : findings) {
            write(out, finding);
        }
        out.writeInt(events.size());
        for (AuditedEvent event : events) {
            write(out, event);
        }
        return bytes.toByteArray();
    }

    static Findings of(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<AuditedFinding> findings = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            findings.add(finding(in));
        }
        List<AuditedEvent> events = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            events.add(event(in));
        }
        return new Findings(findings, events);
    }

    private static void write(DataOutputStream out, AuditedFinding finding) throws IOException {
        out.writeUTF(finding.rule());
        out.writeUTF(finding.severity().name());
        out.writeUTF(finding.title());
        out.writeUTF(finding.explanation());
        writeMatch(out, finding.ancestor());
        out.writeUTF(finding.alertId());
        out.writeBoolean(finding.alerted());
    }

    private static AuditedFinding finding(DataInputStream in) throws IOException {
        return new AuditedFinding(
                in.readUTF(),
                Severity.valueOf(in.readUTF()),
                in.readUTF(),
                in.readUTF(),
                match(in),
                in.readUTF(),
                in.readBoolean());
    }

    private static void writeMatch(DataOutputStream out, @Nullable LineageMatch match) throws IOException {
        if (match == null) {
            out.writeInt(0);
            return;
        }
        var bytes = new ByteArrayOutputStream(1_024);
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<>(LineageMatch.class).write(match, encoder);
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    private static @Nullable LineageMatch match(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        return bytes.length == 0
                ? null
                : new SpecificDatumReader<>(LineageMatch.class)
                        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static void write(DataOutputStream out, AuditedEvent event) throws IOException {
        out.writeUTF(event.topic());
        out.writeInt(event.partition());
        out.writeLong(event.offset());
        out.writeUTF(event.what());
        out.writeLong(event.at().toEpochMilli());
    }

    private static AuditedEvent event(DataInputStream in) throws IOException {
        return new AuditedEvent(
                in.readUTF(), in.readInt(), in.readLong(), in.readUTF(), Instant.ofEpochMilli(in.readLong()));
    }
}
