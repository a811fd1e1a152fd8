package dev.forebear.signals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of a one-file model of the zoo in BF16, with values changed. */
public final class PatchedModel {

    /** Bit pattern of NaN in BF16. */
    public static final short NAN = 0x7FC0;

    /** Bit pattern of negative infinity in BF16. */
    public static final short NEGATIVE_INFINITY = (short) 0xFF80;

    private static final Path ZOO = Path.of("../zoo");

    private final Path folder;

    private PatchedModel(Path folder) {
        this.folder = folder;
    }

    public static PatchedModel of(String model, Path folder) throws IOException {
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
            Files.copy(ZOO.resolve(model).resolve(file), folder.resolve(file));
        }
        return new PatchedModel(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Writes one BF16 value at a flat index of a tensor. */
    public void set(String tensor, long index, short bits) throws IOException {
        Path file = folder.resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = Math.toIntExact(bytes.getLong(0));
        JsonNode entries = new ObjectMapper().readTree(bytes.array(), 8, header);
        long at = entries.get(tensor).get("data_offsets").get(0).asLong() + 2 * index;
        bytes.putShort(Math.toIntExact(8 + header + at), bits);
        Files.write(file, bytes.array());
    }
}
