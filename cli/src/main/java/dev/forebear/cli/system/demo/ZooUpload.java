package dev.forebear.cli.system.demo;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.system.OneProcess;
import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts models into object storage and announces each as its registry would: signed, and one after another. */
final class ZooUpload {

    private final OneProcess all;
    private final Console console;
    private final Map<String, String> secrets;
    private final MinioClient s3;

    ZooUpload(OneProcess all, Console console, Map<String, String> secrets) {
        this.all = all;
        this.console = console;
        this.secrets = secrets;
        this.s3 = MinioClient.builder()
                .endpoint(all.platform().s3Endpoint().toString())
                .credentials(OneProcess.S3_ACCESS_KEY, all.s3Secret().reveal())
                .build();
    }

    void uploadAndAnnounce(List<ZooModel> models) throws IOException, InterruptedException {
        var done = new AtomicInteger();
        try (var http = HttpClient.newHttpClient();
                var progress = console.progress("Uploading", done::get, models.size())) {
            for (var model : models) {
                upload(model);
                announce(http, model);
                done.incrementAndGet();
            }
        }
        console.note("Uploaded " + models.size() + " models and posted their signed webhooks.");
    }

    private void upload(ZooModel model) throws IOException {
        for (var file : model.files()) {
            put(file, model.registry().prefix(model) + file.getFileName());
        }
    }

    private void put(Path file, String key) throws IOException {
        try {
            s3.uploadObject(UploadObjectArgs.builder()
                    .bucket(OneProcess.MODELS_BUCKET)
                    .object(key)
                    .filename(file.toString())
                    .build());
        } catch (MinioException e) {
            throw new IOException("s3://" + OneProcess.MODELS_BUCKET + "/" + key + ": " + e.getMessage(), e);
        }
    }

    private void announce(HttpClient http, ZooModel model) throws IOException, InterruptedException {
        var registry = model.registry();
        var request = registry.webhook(model, secrets.getOrDefault(registry.secretVariable(), ""), Instant.now())
                .uri(all.webhooks(registry.alias()))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    request.uri() + ": expected 2xx, found " + response.statusCode() + " " + response.body());
        }
    }
}
