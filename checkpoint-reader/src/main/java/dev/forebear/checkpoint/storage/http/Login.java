package dev.forebear.checkpoint.storage.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What proves to one server who asks. Safe for use by several threads. */
public interface Login {

    /** What the next request is sent with; null for nothing. */
    @Nullable
    Authorization authorization();

    /**
     * Looks for another proof after a request was answered by 401.
     *
     * @param refused what that request was sent with
     * @param challenges the answer's {@code WWW-Authenticate}
     * @param requests to the server, through which another one that it names may be asked
     * @return whether asking again may help
     */
    boolean renew(@Nullable Authorization refused, List<String> challenges, HttpRequests requests) throws IOException;

    /** The same proof for every request. */
    static Login of(@Nullable Authorization authorization) {
        return new Login() {
            @Override
            public @Nullable Authorization authorization() {
                return authorization;
            }

            @Override
            public boolean renew(@Nullable Authorization refused, List<String> challenges, HttpRequests requests) {
                return false;
            }
        };
    }
}
