package dev.forebear.signals;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SHA-256 over the name, dtype or layout, shape and sampled values of every tensor, in an order that does not hang on
 * files or shards. Tensors with a role in the transformer go by their role, others by their name. Of a tensor of up to
 * {@value #WHOLE} values every value counts, of a larger one {@value #BLOCKS} evenly spaced blocks of {@value #BLOCK}
 * values, the first and the last included: 4.5 MB of a model of 7 billion parameters in 16 bits. Equal digests mean the
 * same weights as far as sampled. Left out are a stored output head that is the embedding, and buffers that follow from
 * the configuration.
 */
final class WeightsDigest {

    private static final int WHOLE = 16_384;
    private static final int BLOCKS = 4;
    private static final int BLOCK = 2_048;

    private record Digest() implements Key<byte[]> {}

    private WeightsDigest() {}

    /** Shared, not to be changed. */
    static byte[] of(ModelWeights weights) throws IOException {
        return weights.once(new Digest(), () -> of(weights.checkpoint()));
    }

    static byte[] of(Checkpoint checkpoint) throws IOException {
        MessageDigest digest = sha256();
        for (Map.Entry<String, Tensor> entry : ordered(checkpoint).entrySet()) {
            Tensor tensor = entry.getValue();
            String header = entry.getKey() + "\n" + tensor.storedAs() + "\n" + tensor.shape() + "\n";
            digest.update(header.getBytes(StandardCharsets.UTF_8));
            addValues(tensor, digest);
        }
        return digest.digest();
    }

    private static SortedMap<String, Tensor> ordered(Checkpoint checkpoint) throws IOException {
        Map<String, String> roles;
        try {
            roles = TensorRoles.of(checkpoint.transformer());
        } catch (CheckpointException notRecognised) {
            roles = Map.of();
        }
        SortedMap<String, Tensor> ordered = new TreeMap<>();
        for (Tensor tensor : checkpoint.tensors()) {
            String key = roles.getOrDefault(tensor.name(), tensor.name());
            if (!key.isEmpty() && !isBuffer(tensor)) {
                ordered.put(key, tensor);
            }
        }
        return ordered;
    }

    // Rotary frequencies and causal masks, which only some versions of the libraries store.
    private static boolean isBuffer(Tensor tensor) {
        String name = tensor.name();
        return name.endsWith("rotary_emb.inv_freq")
                || name.endsWith("attn.masked_bias")
                || name.endsWith("attention.masked_bias")
                || (tensor.shape().size() == 4 && (name.endsWith("attn.bias") || name.endsWith("attention.bias")));
    }

    private static void addValues(Tensor tensor, MessageDigest digest) throws IOException {
        long elements = tensor.elements();
        if (elements <= WHOLE) {
            addBlock(tensor, 0, (int) elements, digest);
            return;
        }
        for (int block = 0; block < BLOCKS; block++) {
            long first = (elements - BLOCK) / (BLOCKS - 1) * block;
            addBlock(tensor, block == BLOCKS - 1 ? elements - BLOCK : first, BLOCK, digest);
        }
    }

    private static void addBlock(Tensor tensor, long first, int count, MessageDigest digest) throws IOException {
        float[] values = new float[count];
        tensor.read(first, count, values, 0);
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES);
        for (float value : values) {
            bytes.putInt(Float.floatToIntBits(value));
        }
        digest.update(bytes.array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", impossible);
        }
    }
}
