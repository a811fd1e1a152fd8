package dev.forebear.ingest;

import dev.forebear.runtime.Secret;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.UnauthorizedResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for what only the operator may: whoever knows the token, or, when there is none, programs of this
 * machine. A page in a browser of this machine is none of them: it can neither send the type of content that is asked
 * for nor hide the name under which it looked up this address.
 *
 * @param token of {@code FOREBEAR_OPERATOR_TOKEN}, or null
 */
record OperatorAccess(@Nullable Secret token) {

    private static final String BEARER = "bearer ";

    /** Ends the request with 401 or 403 unless it is the operator's. */
    void require(Context context) {
        if (token != null) {
            requireToken(context, token);
        } else if (!isLoopback(context.ip()) || !isLoopback(hostOf(context)) || !isJson(context)) {
            throw new ForbiddenResponse(
                    "expected a request from this machine with JSON; FOREBEAR_OPERATOR_TOKEN opens it to others");
        }
    }

    private static void requireToken(Context context, Secret token) {
        String value = context.header("Authorization");
        boolean bearer = value != null && value.toLowerCase(Locale.ROOT).startsWith(BEARER);
        if (!bearer
                || value == null
                || !token.matches(value.substring(BEARER.length()).strip())) {
            throw new UnauthorizedResponse("expected Authorization: Bearer with the operator's token");
        }
    }

    private static boolean isJson(Context context) {
        String type = context.contentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static String hostOf(Context context) {
        String host = context.host();
        String name = host == null ? "" : host.replaceAll(":\\d+$", "");
        return name.equals("localhost") ? "127.0.0.1" : name.replaceAll("^\\[|]$", "");
    }

    // Literals only: a name would be looked up, and whoever owns it would say what it is.
    private static boolean isLoopback(String address) {
        try {
            return address.matches("[0-9a-fA-F:.]+")
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
