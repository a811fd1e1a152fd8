package dev.forebear.cli.checkpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of one folder as a hub, an MLflow server and a container registry hand them out, all at one address. */
final class ModelServers implements AutoCloseable {

    private static final String SHA = "2b38059c1bba49d51be5ee2cff9cc011a7effa68";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    private final HttpServer http;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, byte[]> blobs = new TreeMap<>();
    private final byte[] manifest;

    ModelServers(Path folder) throws IOException {
        try (var paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        files.values().forEach(content -> blobs.put(digest(content), content));
        manifest = manifest();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    String authority() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    Map<String, String> environment() {
        return Map.of("HF_ENDPOINT", "http://" + authority(), "MLFLOW_TRACKING_URI", "http://" + authority());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] answer =
                switch (path) {
                    case "/api/models/org/model/revision/v1" -> json("{\"sha\": \"%s\"}".formatted(SHA));
                    case "/api/models/org/model/tree/" + SHA -> json(tree().toString());
                    case "/api/2.0/mlflow/model-versions/get-download-uri" ->
                        json("{\"artifact_uri\": \"mlflow-artifacts:/7/2f3e/artifacts/model\"}");
                    case ARTIFACTS -> json("{\"files\": " + listing() + "}");
                    case "/v2/models/model/manifests/v1" -> manifest;
                    default -> file(path.substring(path.lastIndexOf('/') + 1));
                };
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range == null || answer.length == 0) {
                exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
            } else {
                String[] bounds = range.substring("bytes=".length()).split("-");
                int first = Integer.parseInt(bounds[0]);
                int last = Integer.parseInt(bounds[1]);
                exchange.getResponseHeaders().add("Content-Range", "bytes " + first + "-" + last + "/" + answer.length);
                answer = Arrays.copyOfRange(answer, first, last + 1);
                exchange.sendResponseHeaders(206, answer.length);
            }
            exchange.getResponseBody().write(answer);
        }
    }

    private byte[] file(String name) {
        byte[] blob = blobs.get(name.replaceFirst("^sha256:", ""));
        return blob == null ? files.getOrDefault(name, new byte[0]) : blob;
    }

    private List<String> tree() {
        List<String> entries = new ArrayList<>();
        files.forEach((name, content) -> entries.add(
                "{\"type\": \"file\", \"path\": \"%s\", \"size\": 1, \"lfs\": {\"oid\": \"%s\", \"size\": %d}}"
                        .formatted(name, digest(content), content.length)));
        return entries;
    }

    private List<String> listing() {
        List<String> entries = new ArrayList<>();
        files.forEach((name, content) -> entries.add(
                "{\"path\": \"%s\", \"is_dir\": false, \"file_size\": %d}".formatted(name, content.length)));
        return entries;
    }

    private byte[] manifest() {
        List<String> layers = new ArrayList<>();
        files.forEach((name, content) -> layers.add("""
            {"mediaType": "application/vnd.cncf.model.weight.v1.raw", "digest": "sha256:%s", "size": %d,
             "annotations": {"org.cncf.model.filepath": "weights/%s"}}\
            """.formatted(digest(content), content.length, name)));
        return json("{\"schemaVersion\": 2, \"layers\": " + layers + "}");
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Writes the same files as an image layout. */
    Path layout(Path folder) throws IOException {
        Path sha256 = Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
        Files.writeString(folder.resolve("index.json"), """
            {"schemaVersion": 2, "manifests": [{"digest": "sha256:%s", "size": %d}]}\
            """.formatted(digest(manifest), manifest.length));
        Files.write(sha256.resolve(digest(manifest)), manifest);
        for (var blob : blobs.entrySet()) {
            Files.write(sha256.resolve(blob.getKey()), blob.getValue());
        }
        return folder;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
