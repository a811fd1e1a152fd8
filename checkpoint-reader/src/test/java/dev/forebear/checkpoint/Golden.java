package dev.forebear.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** What an independent program, make.py beside the files, says about their tensors. */
public final class Golden {

    private Golden() {}

    /** Lines "tensor,dtype,shape,digest" of one model. */
    public static List<String> of(String folder, String model) throws IOException {
        return new String(resource(folder + "/golden.csv"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(model + ","))
                .map(line -> line.substring(model.length() + 1))
                .toList();
    }

    /** The lines for tensors that were read. */
    public static List<String> lines(List<Tensor> tensors) throws IOException {
        var lines = new ArrayList<String>();
        for (Tensor tensor : tensors) {
            lines.add(line(tensor));
        }
        return lines;
    }

    private static String line(Tensor tensor) throws IOException {
        String shape = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
        return String.join(",", tensor.name(), tensor.dtype().name(), shape, digest(values(tensor)));
    }

    public static float[] values(Tensor tensor) throws IOException {
        var values = new float[(int) tensor.elements()];
        tensor.read(0, values.length, values, 0);
        return values;
    }

    public static byte[] resource(String name) throws IOException {
        try (var stream = Golden.class.getResourceAsStream("/" + name)) {
            return stream.readAllBytes();
        }
    }

    private static String digest(float[] values) {
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
