package dev.forebear.cli.fingerprint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.console.Style;
import dev.forebear.signals.Fingerprint;
import dev.forebear.signals.ModelShape;
import dev.forebear.signals.evidence.EvidenceFeatures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a fingerprint holds, in few words. */
final class FingerprintSummary {

    private FingerprintSummary() {}

    static void print(Console console, LocalFingerprint made, Path file, long size) {
        Fingerprint fingerprint = made.fingerprint();
        console.print(console.styled(Style.STRONG, file.toString()) + "  " + Quantities.bytes(size));
        console.space();
        fact(console, "checkpoint", made.location());
        fact(console, "weights", digest(fingerprint));
        fact(console, "parameters", Quantities.count(fingerprint.parameters()) + " (" + shape(fingerprint) + ")");
        fact(console, "evidence", String.join(", ", features(fingerprint.evidence())));
        fact(console, "read", read(made));
        fingerprint
                .evidence()
                .findings()
                .forEach(finding -> console.print(console.styled(Style.WARNING, "Finding: ") + finding));
    }

    static ObjectNode json(LocalFingerprint made, Path file, long size) {
        Fingerprint fingerprint = made.fingerprint();
        ObjectNode root = JsonOutput.object();
        root.put("location", made.location());
        root.put("file", file.toString());
        root.put("fileBytes", size);
        root.put("algorithmVersion", fingerprint.algorithmVersion());
        root.put("weightsDigest", digest(fingerprint));
        root.put("parameters", fingerprint.parameters());
        shape(root.putObject("shape"), fingerprint.shape());
        ArrayNode features = root.putArray("evidence");
        features(fingerprint.evidence()).forEach(features::add);
        ArrayNode findings = root.putArray("findings");
        fingerprint.evidence().findings().forEach(findings::add);
        root.put("bytesRead", made.totals().bytes());
        root.put("requests", made.totals().requests());
        root.put("elapsedMillis", made.elapsed().toMillis());
        return root;
    }

    private static void fact(Console console, String name, String value) {
        console.print(console.styled(Style.FAINT, "%-12s".formatted(name)) + value);
    }

    private static String digest(Fingerprint fingerprint) {
        return "sha256:" + HexFormat.of().formatHex(fingerprint.weightsDigest());
    }

    private static String shape(Fingerprint fingerprint) {
        ModelShape shape = fingerprint.shape();
        return "%s, %d layers, hidden size %d, %s"
                .formatted(shape.modelType(), shape.layers(), shape.hiddenSize(), shape.dtype());
    }

    private static void shape(ObjectNode node, ModelShape shape) {
        node.put("modelType", shape.modelType());
        node.put("layers", shape.layers());
        node.put("hiddenSize", shape.hiddenSize());
        node.put("intermediateSize", shape.intermediateSize());
        node.put("vocabularySize", shape.vocabularySize());
        node.put("dtype", shape.dtype());
    }

    private static List<String> features(EvidenceFeatures evidence) {
        var features = new ArrayList<String>();
        if (evidence.positional() != null) {
            features.add("positional sketch");
        }
        if (evidence.neuronScalars() != null) {
            features.add("neuron scalars");
        }
        if (evidence.functionals() != null) {
            features.add("functionals");
        }
        return features.isEmpty() ? List.of("none") : features;
    }

    private static String read(LocalFingerprint made) {
        return "%s in %d requests, %.1f s"
                .formatted(
                        Quantities.bytes(made.totals().bytes()),
                        made.totals().requests(),
                        made.elapsed().toMillis() / 1000.0);
    }
}
