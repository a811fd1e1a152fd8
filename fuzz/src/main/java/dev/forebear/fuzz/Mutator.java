package dev.forebear.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Damages the files of a target, one to four times each. The n-th file is always the same one. Of every second
 * safetensors file only the header is damaged, and its length corrected, so that the damage is not found by that alone.
 */
final class Mutator {

    private static final int MOST_DAMAGES = 4;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private static final List<Mutation> ALL = List.of(Mutation.values());
    private static final List<Mutation> IN_PLACE = List.of(Mutation.FLIP_BIT, Mutation.SET_BYTE, Mutation.CHANGE_SIZE);

    private final Target target;
    private final List<byte[]> files;
    private final long seed;

    /** @param files sound ones, at least one */
    Mutator(Target target, List<byte[]> files, long seed) {
        this.target = target;
        this.files = files;
        this.seed = seed;
    }

    byte[] file(long number) {
        var random = new SplittableRandom(seed + GOLDEN_GAMMA * (number * Target.values().length + target.ordinal()));
        byte[] file = files.get(random.nextInt(files.size()));
        byte[] other = files.get(random.nextInt(files.size()));
        if (target == Target.SAFETENSORS && random.nextBoolean()) {
            return damagedHeader(file, random);
        }
        return damaged(file, other, random);
    }

    private static byte[] damaged(byte[] file, byte[] other, RandomGenerator random) {
        // Damage that keeps the length is what gets past the first check.
        List<Mutation> choice = random.nextBoolean() ? IN_PLACE : ALL;
        byte[] bytes = file;
        for (int damages = 1 + random.nextInt(MOST_DAMAGES); damages > 0 && bytes.length > 0; damages--) {
            Mutation mutation = choice.get(random.nextInt(choice.size()));
            bytes = mutation.apply(bytes, other, random);
        }
        return bytes;
    }

    private static byte[] damagedHeader(byte[] file, RandomGenerator random) {
        int end = Math.toIntExact(Long.BYTES
                + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
        byte[] header = Arrays.copyOfRange(file, Long.BYTES, end);
        byte[] damaged = damaged(header, header, random);
        return ByteBuffer.allocate(Long.BYTES + damaged.length + file.length - end)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(damaged.length)
                .put(damaged)
                .put(file, end, file.length - end)
                .array();
    }
}
