package dev.forebear.checkpoint.storage.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.StoredJson;
import dev.forebear.checkpoint.storage.http.Authorization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The accounts in a {@code config.json} that {@code docker login} wrote. Accounts that a credential helper keeps are
 * not there: asking it would mean to run it.
 */
public final class DockerConfig {

    private static final int LIMIT = 1 << 20;

    private DockerConfig() {}

    /**
     * Reads {@code config.json} in a folder.
     *
     * @return proofs by {@code host} or {@code host:port}
     * @throws IOException when there is none or it cannot be read
     */
    public static Map<String, Authorization> credentials(Path folder) throws IOException {
        var credentials = new LinkedHashMap<String, Authorization>();
        try (var storage = new FolderStorage(folder)) {
            for (var entry :
                    StoredJson.read(storage, "config.json", LIMIT).path("auths").properties()) {
                add(credentials, entry.getKey(), entry.getValue());
            }
        }
        return credentials;
    }

    private static void add(Map<String, Authorization> credentials, String address, JsonNode account)
            throws IOException {
        String registry = address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        String both = account.path("auth").asText();
        if (both.isEmpty()) {
            return;
        }
        try {
            String text = new String(Base64.getDecoder().decode(both), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                credentials.put(registry, Authorization.basic(text.substring(0, colon), text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("config.json: auths: " + registry + ": expected user and password in base64");
        }
    }
}
