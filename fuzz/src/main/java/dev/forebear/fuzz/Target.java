package dev.forebear.fuzz;

import dev.forebear.checkpoint.pickle.PickleNames;
import dev.forebear.checkpoint.pickle.PickleReader;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.storage.StorageLocation;
import dev.forebear.checkpoint.zip.ZipArchive;
import dev.forebear.checkpoint.zip.ZipEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What is fuzzed, each under the name of its folder in the corpus. */
enum Target {
    SAFETENSORS(() -> alone("model.safetensors")),
    SHARD_INDEX(ShardIndexes::new),
    QUANTISED(() -> input -> WholeCheckpoint.readWeights(ModelFolder.of(input))),
    GGUF(() -> alone("model.gguf")),
    ZIP(() -> Target::unzip),
    PICKLE(() -> input -> PickleReader.read(new BytesSource("data.pkl", input), 0, PickleNames.NONE)),
    STATE_DICT(StateDictInArchive::new),
    PYTORCH(() -> alone("pytorch_model.bin")),
    NPY(() -> alone("weights.npy")),
    NPZ(() -> alone("weights.npz")),
    ONNX(() -> beside("model.onnx", List.of("external.data"))),
    CONFIG(() -> beside("config.json", List.of("model.safetensors"))),
    TOKENIZER(() -> beside("tokenizer.json", List.of("model.safetensors", "tokenizer_config.json"))),
    MODEL_CARD(() -> beside("README.md", List.of("model.safetensors"))),
    ADAPTER_CONFIG(() -> beside("adapter_config.json", List.of("model.safetensors"))),
    ADAPTER(AdapterOnBase::new),
    SIGNATURE(SignedModels::new),
    FOLDER(FolderOnDisk::new),
    IMAGE(ImageLayouts::new),
    LOCATION(() -> input -> StorageLocation.parse(new String(input, StandardCharsets.UTF_8))),
    RECORD(RecordBytes::new),
    WEBHOOK(WebhookBodies::new),
    REFERENCE_FILE(ReferenceFiles::new),
    PEER_DATABASE(PeerDatabases::new);

    private static final int ENTRY_LIMIT = 1 << 20;

    private final Supplier<Parser> parser;

    Target(Supplier<Parser> parser) {
        this.parser = parser;
    }

    Parser parser() {
        return parser.get();
    }

    /** As it is written in commands and folders. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Target of(String word) {
        return Arrays.stream(values())
                .filter(target -> target.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(values()).map(Target::word).toList() + ", found " + word));
    }

    private static Parser alone(String file) {
        return input -> WholeCheckpoint.read(new MemoryFiles().with(file, input));
    }

    /** A file whose neighbours are sound. */
    private static Parser beside(String file, List<String> neighbours) {
        var contents = neighbours.stream().map(SoundFile::read).toList();
        return input -> {
            var files = new MemoryFiles().with(file, input);
            for (SoundFile neighbour : contents) {
                files.with(neighbour.name(), neighbour.content());
            }
            WholeCheckpoint.read(files);
        };
    }

    private static void unzip(byte[] input) throws IOException {
        var archive = ZipArchive.read(new BytesSource("archive.zip", input));
        for (ZipEntry entry : archive.entries()) {
            archive.readAll(entry, ENTRY_LIMIT);
        }
    }
}
