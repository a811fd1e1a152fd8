package dev.forebear.signals;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.signals.peer.SparseSafetensors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A distant Llama of any size that is all header: of its weights only the offsets are there, as values. */
final class WeightlessLlama implements Storage {

    private static final String WEIGHTS = "model.safetensors";

    private final String config;
    private final byte[] header;
    private final long size;
    private long bytes;
    private long requests;

    WeightlessLlama(int hidden, int intermediate, int layers, int keyValueHeads, int heads, int vocabulary) {
        this.config = """
            {"model_type":"llama","hidden_size":%d,"intermediate_size":%d,"num_hidden_layers":%d,\
            "num_attention_heads":%d,"num_key_value_heads":%d,"vocab_size":%d,"tie_word_embeddings":false}\
            """.formatted(hidden, intermediate, layers, heads, keyValueHeads, vocabulary);
        int keyValueRows = hidden / heads * keyValueHeads;
        var file = new SparseSafetensors();
        file.add("lm_head.weight", vocabulary, hidden);
        file.add("model.embed_tokens.weight", vocabulary, hidden);
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "model.layers." + layer + ".";
            file.add(prefix + "input_layernorm.weight", hidden);
            file.add(prefix + "mlp.down_proj.weight", hidden, intermediate);
            file.add(prefix + "mlp.gate_proj.weight", intermediate, hidden);
            file.add(prefix + "mlp.up_proj.weight", intermediate, hidden);
            file.add(prefix + "post_attention_layernorm.weight", hidden);
            file.add(prefix + "self_attn.k_proj.weight", keyValueRows, hidden);
            file.add(prefix + "self_attn.o_proj.weight", hidden, hidden);
            file.add(prefix + "self_attn.q_proj.weight", hidden, hidden);
            file.add(prefix + "self_attn.v_proj.weight", keyValueRows, hidden);
        }
        file.add("model.norm.weight", hidden);
        this.header = file.header();
        this.size = file.size();
    }

    static WeightlessLlama ofSevenBillionParameters() {
        return new WeightlessLlama(4_096, 11_008, 32, 32, 32, 32_000);
    }

    static WeightlessLlama ofSeventyBillionParameters() {
        return new WeightlessLlama(8_192, 28_672, 80, 8, 64, 128_256);
    }

    @Override
    public String location() {
        return "nowhere";
    }

    @Override
    public List<StoredFile> list() {
        return List.of(new StoredFile("config.json", config.length(), "1"), new StoredFile(WEIGHTS, size, "1"));
    }

    @Override
    public ByteSource open(String name) throws CheckpointException {
        return switch (name) {
            case "config.json" -> new Source(name, config.getBytes(StandardCharsets.UTF_8), config.length());
            case WEIGHTS -> new Source(name, header, size);
            default -> throw new CheckpointException(Reason.MISSING, name, "expected one of two files, found another");
        };
    }

    @Override
    public ReadTotals totals() {
        return new ReadTotals(bytes, requests);
    }

    @Override
    public void close() {}

    private final class Source implements ByteSource {

        private final String name;
        private final byte[] stored;
        private final long size;

        Source(String name, byte[] stored, long size) {
            this.name = name;
            this.stored = stored;
            this.size = size;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void read(long offset, ByteBuffer target) {
            bytes += target.remaining();
            requests++;
            for (long at = offset; target.hasRemaining(); at++) {
                target.put(at < stored.length ? stored[(int) at] : (byte) (at >> 20));
            }
        }
    }
}
