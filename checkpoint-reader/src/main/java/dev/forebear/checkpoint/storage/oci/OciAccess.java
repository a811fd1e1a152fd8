package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.storage.http.Authorization;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How OCI registries are reached.
 *
 * @param credentials proof of an account, by {@code host} or {@code host:port}; others are asked as a stranger
 * @param plainHttp registries that are asked without encryption, besides those of this machine
 */
public record OciAccess(Map<String, Authorization> credentials, Set<String> plainHttp) {

    /** Every registry, as a stranger. */
    public static final OciAccess ANONYMOUS = new OciAccess(Map.of(), Set.of());

    public OciAccess {
        credentials = Map.copyOf(credentials);
        plainHttp = Set.copyOf(plainHttp);
    }

    /** Proof for a registry; {@code docker login} files that of Docker Hub under an older name. */
    @Nullable
    Authorization account(String registry) {
        Authorization account = credentials.get(registry);
        return account == null && registry.equals("docker.io") ? credentials.get("index.docker.io") : account;
    }

    boolean isPlain(String registry) {
        return plainHttp.contains(registry)
                || registry.matches("localhost(:\\d+)?|127(\\.\\d{1,3}){3}(:\\d+)?|\\[::1](:\\d+)?");
    }
}
