package dev.forebear.checkpoint.storage.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.StorageLocation.RegistryImage;
import dev.forebear.checkpoint.storage.StoredJson;
import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.http.HttpRequests;
import dev.forebear.checkpoint.storage.http.Login;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of registries: a request that needs more is answered with whom to ask for a token, and that one is
 * asked for leave to do one thing, such as to pull from one repository.
 */
public final class RegistryLogin implements Login {

    private static final int TOKEN_LIMIT = 1 << 20;
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]{1,32})=(?:\"([^\"]*)\"|([^\\s,\"]+))");

    private final String name;
    private final String scope;
    private final @Nullable Authorization account;
    private @Nullable Authorization current;

    /** Leave to pull an image. */
    RegistryLogin(RegistryImage image, @Nullable Authorization account) {
        this(image.toString(), "repository:" + image.repository() + ":pull", account);
    }

    /**
     * @param name of what is read, for messages
     * @param scope of the token, for example {@code registry:catalog:*}
     * @param account proof of who asks; null for a stranger
     */
    public RegistryLogin(String name, String scope, @Nullable Authorization account) {
        this.name = name;
        this.scope = scope;
        this.account = account;
    }

    @Override
    public synchronized @Nullable Authorization authorization() {
        return current;
    }

    @Override
    public synchronized boolean renew(@Nullable Authorization refused, List<String> challenges, HttpRequests requests)
            throws IOException {
        if (current != null && !current.equals(refused)) {
            return true; // Another thread has been there.
        }
        for (String challenge : challenges) {
            String scheme = challenge.strip().toLowerCase(Locale.ROOT);
            if (scheme.startsWith("bearer")) {
                current = token(parameters(challenge), requests);
                return true;
            }
            if (scheme.startsWith("basic") && account != null && !account.equals(refused)) {
                current = account;
                return true;
            }
        }
        return false;
    }

    private Authorization token(Map<String, String> challenge, HttpRequests requests) throws IOException {
        HttpUrl realm = HttpUrl.parse(challenge.getOrDefault("realm", ""));
        if (realm == null) {
            throw new CheckpointException(Reason.MALFORMED, name, "realm: expected an http address, found none");
        }
        HttpUrl.Builder url = realm.newBuilder();
        String service = challenge.get("service");
        if (service != null) {
            url.addQueryParameter("service", service);
        }
        // Never what the challenge asks for: that may be more than reading needs.
        url.addQueryParameter("scope", scope);
        var answer = requests.documentElsewhere(name, url.build(), account, TOKEN_LIMIT);
        JsonNode fields = StoredJson.parse(name, answer.bytes());
        String token = fields.path("token").asText(fields.path("access_token").asText());
        if (token.isBlank()) {
            throw new CheckpointException(
                    Reason.MALFORMED, name, "token: expected one from " + realm.host() + ", found none");
        }
        try {
            return Authorization.bearer(token);
        } catch (IllegalArgumentException unprintable) {
            throw new CheckpointException(Reason.MALFORMED, name, "token: " + unprintable.getMessage());
        }
    }

    private static Map<String, String> parameters(String challenge) {
        Map<String, String> parameters = new HashMap<>();
        Matcher found = PARAMETER.matcher(challenge);
        while (found.find()) {
            String value = found.group(2) == null ? found.group(3) : found.group(2);
            parameters.put(found.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }
}
