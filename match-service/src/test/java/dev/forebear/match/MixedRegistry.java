package dev.forebear.match;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.schemas.wire.Adapter;
import dev.forebear.schemas.wire.AdapterBase;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.ReferenceFacts;
import dev.forebear.signals.Fingerprinter;
import dev.forebear.worker.FingerprintRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The models of the zoo, and one of every kind that a registry holds besides, in the order of their upload. */
final class MixedRegistry {

    private static final Path ZOO = Path.of("../zoo");

    private MixedRegistry() {}

    static List<ModelFingerprint> models() throws IOException {
        var models = new ArrayList<ModelFingerprint>();
        for (var folder : folders()) {
            models.add(Models.of(fingerprint(folder), folder, models.size(), declaredBy(folder)));
        }
        models.addAll(others(models.size()));
        return models;
    }

    private static List<String> folders() throws IOException {
        try (var folders = Files.list(ZOO)) {
            return folders.filter(folder -> Files.exists(folder.resolve("model.safetensors")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static Fingerprint fingerprint(String folder) throws IOException {
        try (var checkpoint = Checkpoint.open(new FolderStorage(ZOO.resolve(folder)))) {
            return FingerprintRecords.wire(Fingerprinter.fingerprint(checkpoint));
        }
    }

    private static String[] declaredBy(String folder) {
        return switch (folder) {
            case "base-a-sft-light", "base-a-merge-slerp" -> new String[] {"hub/base-a"};
            case "base-a-grandchild" -> new String[] {"base-a-sft-light", "base-b"};
            default -> new String[0];
        };
    }

    private static List<ModelFingerprint> others(int from) {
        var onBase = new AdapterBase(Models.id("function-1"), "s3://models/function-1/");
        return List.of(
                Models.notAnalysed("broken", "malformed"),
                Models.withoutEvidence("packed", 1, from),
                Models.withoutEvidence("packed-copy", 1, from + 1),
                Models.ofAlgorithm(99, "old", 1, from + 2),
                Models.withFunction("function-1", 2, 7, from + 3),
                Models.withFunction("function-2", 3, 7, from + 4),
                ModelFingerprint.newBuilder(Models.model("reference", 4, from + 5))
                        .setReference(new ReferenceFacts("Basalt", "quarry-ai", List.of("mirror/basalt-7b")))
                        .build(),
                Models.model("of-reference", 4, from + 6, "mirror/basalt-7b"),
                ModelFingerprint.newBuilder(Models.model("waiting", 5, from + 7, "function-1"))
                        .setNotAnalysed(new NotAnalysed("unsupported", "found an adapter whose base was not found"))
                        .setAdapter(new Adapter("LoRA of rank 4 on q_proj", null))
                        .build(),
                ModelFingerprint.newBuilder(Models.withFunction("adapter-1", 6, 7, from + 8))
                        .setAdapter(new Adapter("LoRA of rank 4 on q_proj", onBase))
                        .build(),
                ModelFingerprint.newBuilder(Models.withFunction("adapter-2", 7, 7, from + 9))
                        .setAdapter(new Adapter("LoRA of rank 8 on k_proj", onBase))
                        .build());
    }
}
