package dev.forebear.alerts.page;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The files of the page, from the jar, read once. Nothing else can be asked for. */
final class Assets {

    private static final List<String> NAMES = List.of(
            "index.html",
            "page.css",
            "main.js",
            "api.js",
            "dom.js",
            "list.js",
            "words.js",
            "uploads.js",
            "registries.js",
            "matches.js",
            "alerts.js",
            "evidence.js",
            "model.js",
            "relation.js",
            "portrait.js",
            "reads.js",
            "icon.svg");

    private final Map<String, Asset> assets;

    private Assets(Map<String, Asset> assets) {
        this.assets = Map.copyOf(assets);
    }

    static Assets load() {
        Map<String, Asset> assets = new HashMap<>();
        NAMES.forEach(name -> assets.put(name, Asset.load(name)));
        return new Assets(assets);
    }

    void serve(Context context, String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            throw new NotFoundResponse("no such file");
        }
        context.header("ETag", asset.tag);
        context.header("Cache-Control", "no-cache");
        if (asset.tag.equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(asset.type).result(asset.bytes);
        }
    }

    private record Asset(byte[] bytes, String type, String tag) {

        static Asset load(String name) {
            try (var in = Assets.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing from the jar");
                }
                byte[] bytes = in.readAllBytes();
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Asset(bytes, type(name), "\"" + HexFormat.of().formatHex(hash, 0, 8) + "\"");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }

        private static String type(String name) {
            return switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "html" -> "text/html; charset=utf-8";
                case "css" -> "text/css; charset=utf-8";
                case "js" -> "text/javascript; charset=utf-8";
                case "svg" -> "image/svg+xml";
                default -> "application/octet-stream";
            };
        }
    }
}
