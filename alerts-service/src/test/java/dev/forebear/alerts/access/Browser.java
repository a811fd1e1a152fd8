package dev.forebear.alerts.access;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Keeps cookies, follows redirects, and sends forms as a browser on our page does. */
final class Browser implements AutoCloseable {

    private static final int MOST_REDIRECTS = 20;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private UnaryOperator<URI> detour = UnaryOperator.identity();

    /** Changes the addresses that it is sent to, as somebody on the way might. */
    void sentElsewhere(UnaryOperator<URI> detour) {
        this.detour = detour;
    }

    HttpResponse<String> open(URI address) {
        return follow(HttpRequest.newBuilder(address).build());
    }

    /** Fills in a form of the page at its own address. */
    HttpResponse<String> submit(URI address, Map<String, String> fields) {
        return follow(
                form(address, fields).header("Sec-Fetch-Site", "same-origin").build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Optional<HttpCookie> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    static HttpRequest.Builder form(URI address, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> follow(HttpRequest request) {
        HttpResponse<String> response = send(request);
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            Optional<String> location = response.headers().firstValue("Location");
            if (location.isEmpty()) {
                return response;
            }
            URI next = detour.apply(response.uri().resolve(location.get()));
            response = send(
                    HttpRequest.newBuilder(next).header("Accept", "text/html").build());
        }
        throw new AssertionError("more than " + MOST_REDIRECTS + " redirects, at last to " + response.uri());
    }

    @Override
    public void close() {
        client.close();
    }
}
