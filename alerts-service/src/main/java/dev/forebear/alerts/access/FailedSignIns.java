package dev.forebear.alerts.access;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tokens, links and answers of providers by address. Who failed often is asked to wait; somebody with a
 * right token at the same address is not held up. Thread-safe.
 */
final class FailedSignIns {

    static final int MAX_A_MINUTE = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>();

    FailedSignIns(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts a failure.
     *
     * @throws HttpResponseException 429 when the address had too many within a minute
     */
    void count(Context context) {
        long wait = count(context.ip());
        if (wait > 0) {
            context.header("Retry-After", Long.toString(wait));
            throw new HttpResponseException(
                    HttpStatus.TOO_MANY_REQUESTS.getCode(), "too many failed sign-ins; try again in " + wait + " s");
        }
    }

    /** Seconds to wait; 0 while there are not too many. */
    synchronized long count(String address) {
        Instant now = clock.instant();
        Failures known = byAddress.remove(address);
        Failures next =
                known == null || !now.isBefore(known.until) ? new Failures(now.plus(WINDOW), 1) : known.oneMore();
        byAddress.put(address, next);
        if (byAddress.size() > MAX_ADDRESSES) {
            byAddress.remove(byAddress.keySet().iterator().next());
        }
        return next.count <= MAX_A_MINUTE
                ? 0
                : Math.max(1, Duration.between(now, next.until).toSeconds());
    }

    private record Failures(Instant until, int count) {

        Failures oneMore() {
            return new Failures(until, count + 1);
        }
    }
}
