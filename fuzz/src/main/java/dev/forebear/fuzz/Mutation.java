package dev.forebear.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One way to damage a file, blindly or where it says how large something is. */
enum Mutation {
    FLIP_BIT {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            byte[] bytes = input.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return bytes;
        }
    },
    SET_BYTE {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            byte[] bytes = input.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            return bytes;
        }
    },
    TRUNCATE {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            return Arrays.copyOf(input, random.nextInt(input.length));
        }
    },
    REMOVE {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            int from = random.nextInt(input.length);
            int to = Math.min(input.length, from + 1 + random.nextInt(PIECE));
            return spliced(input, from, new byte[0], input, to);
        }
    },
    INSERT {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            var piece = new byte[1 + random.nextInt(PIECE)];
            random.nextBytes(piece);
            int at = random.nextInt(input.length);
            return spliced(input, at, piece, input, at);
        }
    },
    REPEAT {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            int from = random.nextInt(input.length);
            int to = Math.min(input.length, from + 1 + random.nextInt(PIECE));
            return spliced(input, to, Arrays.copyOfRange(input, from, to), input, to);
        }
    },
    SPLICE {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            return spliced(input, random.nextInt(input.length), new byte[0], other, random.nextInt(other.length + 1));
        }
    },
    /** A little-endian integer that could be a size, an offset or a count: small enough for the file. */
    CHANGE_SIZE {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            byte[] bytes = input.clone();
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int width = WIDTHS[random.nextInt(WIDTHS.length)];
                int at = random.nextInt(bytes.length);
                if (at + width > bytes.length || !isSize(buffer, at, width)) {
                    continue;
                }
                putSize(buffer, at, width, size(bytes.length, random));
                break;
            }
            return bytes;
        }
    },
    /** A number that is written in digits. */
    CHANGE_DIGITS {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            List<MatchResult> numbers =
                    DIGITS.matcher(text).results().limit(NUMBERS).toList();
            if (numbers.isEmpty()) {
                return FLIP_BIT.apply(input, other, random);
            }
            MatchResult number = numbers.get(random.nextInt(numbers.size()));
            String lie = LIES.get(random.nextInt(LIES.size()));
            return spliced(input, number.start(), lie.getBytes(StandardCharsets.US_ASCII), input, number.end());
        }
    },
    /** Many of the characters that open something. */
    NEST {
        @Override
        byte[] apply(byte[] input, byte[] other, RandomGenerator random) {
            var opening = new byte[1 << (4 + random.nextInt(10))];
            Arrays.fill(opening, OPENING[random.nextInt(OPENING.length)]);
            int at = random.nextInt(input.length);
            return spliced(input, at, opening, input, at);
        }
    };

    private static final int PIECE = 64;
    private static final int ATTEMPTS = 200;
    private static final int NUMBERS = 2_000;
    private static final int[] WIDTHS = {Short.BYTES, Integer.BYTES, Long.BYTES};
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final byte[] OPENING = {'[', '{', '(', '"', '&', '*', ']', '}', '\n', ' '};
    private static final List<String> LIES = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "2",
            "3",
            "255",
            "65536",
            "2147483647",
            "2147483648",
            "4294967296",
            "4611686018427387904",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "1e309",
            "0.5",
            "1e-400",
            "NaN",
            "Infinity",
            "99999999999999999999999999999999999",
            "\"1\"",
            "null",
            "[]");

    /** @param input not empty */
    abstract byte[] apply(byte[] input, byte[] other, RandomGenerator random);

    private static byte[] spliced(byte[] head, int end, byte[] piece, byte[] tail, int start) {
        return ByteBuffer.allocate(end + piece.length + tail.length - start)
                .put(head, 0, end)
                .put(piece)
                .put(tail, start, tail.length - start)
                .array();
    }

    private static boolean isSize(ByteBuffer buffer, int at, int width) {
        long value =
                switch (width) {
                    case Short.BYTES -> Short.toUnsignedLong(buffer.getShort(at));
                    case Integer.BYTES -> Integer.toUnsignedLong(buffer.getInt(at));
                    default -> buffer.getLong(at);
                };
        return value >= 0 && value <= buffer.capacity();
    }

    private static void putSize(ByteBuffer buffer, int at, int width, long size) {
        switch (width) {
            case Short.BYTES -> buffer.putShort(at, (short) size);
            case Integer.BYTES -> buffer.putInt(at, (int) size);
            default -> buffer.putLong(at, size);
        }
    }

    private static long size(int length, RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(length + 1);
            case 1 -> length + random.nextInt(-2, 3);
            case 2 -> 1L << random.nextInt(Long.SIZE);
            case 3 -> (1L << random.nextInt(Long.SIZE)) - 1;
            case 4 -> -1 - random.nextInt(PIECE);
            default -> random.nextLong();
        };
    }
}
