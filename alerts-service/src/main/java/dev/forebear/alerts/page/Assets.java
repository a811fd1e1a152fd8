package dev.forebear.alerts.page;

import dev.forebear.alerts.access.OpenTo;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code GET /} and {@code GET /assets/...}: the files of the page from the jar and its libraries from their webjars,
 * read once; they hold no data and are everybody's. Served is what {@code index.html} reaches, and nothing else can be
 * asked for.
 *
 * <p>An address holds the hash of its content, so that browsers keep a file for good and a new release is seen at once.
 * Modules import each other by plain names: the import map of {@code index.html} knows the hashes.
 */
public final class Assets {

    static final String FOLDER = "/assets/";

    private static final String IMPORT_MAP = "<script type=\"importmap\"></script>";
    private static final String PRELOADS = "<!-- modules -->";
    private static final Pattern LINK = Pattern.compile("\"/assets/([^\"]+)\"");
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

    private final Map<String, Asset> byAddress = new HashMap<>();
    private final Asset index;
    private final String security;

    private Assets(String html) {
        PageFiles files = PageFiles.reachedFrom(
                LINK.matcher(html).results().map(link -> link.group(1)).toList());
        files.byName().forEach((name, asset) -> byAddress.put(files.address(name), asset));
        String importMap = importMap(files);
        String filled = LINK.matcher(html)
                .replaceAll(link -> '"' + files.address(link.group(1)) + '"')
                .replace(IMPORT_MAP, "<script type=\"importmap\">" + importMap + "</script>")
                .replace(PRELOADS, preloads(files));
        index = Asset.of("index.html", filled.getBytes(StandardCharsets.UTF_8));
        security = security(importMap);
    }

    /** Reads all files; fails when one that is named is missing. */
    public static Assets load() {
        return new Assets(PageFiles.text("index.html"));
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/", this::serveIndex, OpenTo.EVERYBODY);
        config.routes.get(FOLDER + "<file>", this::serve, OpenTo.EVERYBODY);
    }

    private void serveIndex(Context context) {
        context.header("Content-Security-Policy", security);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        index.send(context, "no-cache");
    }

    private void serve(Context context) {
        Asset asset = byAddress.get(FOLDER + context.pathParam("file"));
        if (asset == null) {
            throw new NotFoundResponse("no such file");
        }
        context.header("X-Content-Type-Options", "nosniff");
        asset.send(context, FOR_GOOD);
    }

    private static String importMap(PageFiles files) {
        Map<String, String> imports = new TreeMap<>();
        Library.ALL.forEach(library -> imports.put(library.specifier(), files.address(library.name())));
        files.byName().keySet().stream()
                .filter(name -> name.endsWith(".js") && !name.startsWith(Library.FOLDER))
                .forEach(name -> imports.put(FOLDER + name, files.address(name)));
        return imports.entrySet().stream()
                .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
    }

    private static String preloads(PageFiles files) {
        return files.eager().stream()
                .map(name -> "<link rel=\"modulepreload\" href=\"" + files.address(name) + "\">")
                .collect(Collectors.joining("\n  "));
    }

    // The import map is the one script within the page: its hash lets it in and nothing else.
    private static String security(String importMap) {
        String hash = Base64.getEncoder().encodeToString(Asset.sha256(importMap.getBytes(StandardCharsets.UTF_8)));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; img-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }
}
