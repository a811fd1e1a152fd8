package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs of a matrix share a scale: as many as {@code size} after each other or, where inputs were quantised in
 * the order of their activations, those that an index names.
 *
 * @param index (inputs), the group of each; null when they are in order
 */
record Groups(int inputs, int count, int size, @Nullable StoredTensor index) {

    static Groups of(int inputs, int count, Parts parts, String index, JsonNode settings) throws CheckpointException {
        StoredTensor found = parts.has(index) ? parts.required(index, Dtype.I32) : null;
        if (found != null) {
            Parts.requireShape(found, inputs);
        }
        // The last group may be short: only what was declared tells then how large the others are.
        long declared = settings.findPath("group_size").asLong(0);
        boolean fits = declared > 0 && declared <= inputs && Math.ceilDiv((long) inputs, declared) == count;
        return new Groups(inputs, count, fits ? (int) declared : Math.ceilDiv(inputs, count), found);
    }

    /** The group of each input. */
    int[] read() throws IOException {
        var groups = new int[inputs];
        if (index == null) {
            for (int input = 0; input < inputs; input++) {
                groups[input] = input / size;
            }
            return groups;
        }
        var bytes = ByteBuffer.allocate(inputs * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        index.readBytes(0, bytes);
        bytes.flip().asIntBuffer().get(groups);
        for (int input = 0; input < inputs; input++) {
            if (groups[input] < 0 || groups[input] >= count) {
                throw Parts.malformed(
                        index, "input " + input + ": expected a group below " + count + ", found " + groups[input]);
            }
        }
        return groups;
    }

    @Override
    public String toString() {
        return count == 1 ? "one group" : "groups of " + size;
    }
}
