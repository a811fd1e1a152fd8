package dev.forebear.benchmarks;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.signals.statistics.StableHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.LongAdder;

/** A model in the layout of Llama whose random weights in BF16 are made when they are read. */
final class GeneratedModel implements Storage {

    /** Of four values in BF16: their signs and the low bits of their exponents with their fractions. */
    private static final long SIGNS_AND_FRACTIONS = 0x80FF_80FF_80FF_80FFL;

    private static final long EXPONENTS = 0x3C00_3C00_3C00_3C00L;

    private final String config;
    private final byte[] header;
    private final long size;
    private final long seed;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder requests = new LongAdder();

    GeneratedModel(long seed, int hidden, int neurons, int layers, int vocabulary) {
        this.seed = seed;
        this.config = """
            {"model_type":"llama","hidden_size":%d,"intermediate_size":%d,"num_hidden_layers":%d,\
            "num_attention_heads":32,"num_key_value_heads":32,"vocab_size":%d,"tie_word_embeddings":false}\
            """.formatted(hidden, neurons, layers, vocabulary);
        StringJoiner entries = new StringJoiner(",", "{", "}");
        long end = add(entries, 0, "lm_head", vocabulary, hidden);
        end = add(entries, end, "model.embed_tokens", vocabulary, hidden);
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "model.layers." + layer + ".";
            end = add(entries, end, prefix + "input_layernorm", hidden);
            end = add(entries, end, prefix + "post_attention_layernorm", hidden);
            for (String attention : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
                end = add(entries, end, prefix + "self_attn." + attention, hidden, hidden);
            }
            end = add(entries, end, prefix + "mlp.gate_proj", neurons, hidden);
            end = add(entries, end, prefix + "mlp.up_proj", neurons, hidden);
            end = add(entries, end, prefix + "mlp.down_proj", hidden, neurons);
        }
        end = add(entries, end, "model.norm", hidden);
        this.header = entries.toString().getBytes(StandardCharsets.UTF_8);
        this.size = 8 + header.length + end;
    }

    static GeneratedModel ofSevenBillionParameters(long seed) {
        return new GeneratedModel(seed, 4_096, 11_008, 32, 32_000);
    }

    static GeneratedModel ofSeventyBillionParameters(long seed) {
        return new GeneratedModel(seed, 8_192, 28_672, 80, 128_256);
    }

    private static long add(StringJoiner entries, long begin, String name, long... shape) {
        StringJoiner dimensions = new StringJoiner(",", "[", "]");
        long elements = 1;
        for (long dimension : shape) {
            dimensions.add(Long.toString(dimension));
            elements *= dimension;
        }
        long end = begin + 2 * elements;
        entries.add("\"%s.weight\":{\"dtype\":\"BF16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dimensions, begin, end));
        return end;
    }

    @Override
    public String location() {
        return "generated-" + seed;
    }

    @Override
    public List<StoredFile> list() {
        return List.of(
                new StoredFile("config.json", config.length(), "1"), new StoredFile("model.safetensors", size, "1"));
    }

    @Override
    public ByteSource open(String name) throws CheckpointException {
        return switch (name) {
            case "config.json" -> new Source(name, config.getBytes(StandardCharsets.UTF_8), config.length());
            case "model.safetensors" -> new Source(name, prefix(), size);
            default ->
                throw new CheckpointException(
                        CheckpointException.Reason.MISSING,
                        name,
                        "expected config.json or weights, found another name");
        };
    }

    private byte[] prefix() {
        return ByteBuffer.allocate(8 + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    @Override
    public ReadTotals totals() {
        return new ReadTotals(bytes.sum(), requests.sum());
    }

    @Override
    public void close() {}

    /** What is stored first, then weights of either sign between 1/128 and 1/32. */
    private final class Source implements ByteSource {

        private final String name;
        private final byte[] stored;
        private final long end;

        Source(String name, byte[] stored, long end) {
            this.name = name;
            this.stored = stored;
            this.end = end;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() {
            return end;
        }

        @Override
        public void read(long offset, ByteBuffer target) {
            bytes.add(target.remaining());
            requests.increment();
            long at = offset;
            while (target.hasRemaining() && at < stored.length) {
                target.put(stored[(int) at++]);
            }
            while (target.hasRemaining()) {
                long place = at - stored.length;
                long values = SIGNS_AND_FRACTIONS & StableHash.of(seed, place >> 3) | EXPONENTS;
                int first = (int) (place & 7);
                int count = Math.min(Long.BYTES - first, target.remaining());
                for (int i = first; i < first + count; i++) {
                    target.put((byte) (values >>> Byte.SIZE * i));
                }
                at += count;
            }
        }
    }
}
