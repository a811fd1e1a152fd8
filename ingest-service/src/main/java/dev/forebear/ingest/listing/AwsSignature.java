package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;

/**
 * Signs requests to Amazon's services, version 4: an HMAC over what is asked, with a key that is made from the secret,
 * the day, the region and the service.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">how requests are
 *     signed</a>
 */
public final class AwsSignature implements Credentials {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String keyId;
    private final Secret secret;
    private final String region;
    private final String service;
    private final InstantSource clock;

    public AwsSignature(String keyId, Secret secret, String region, String service, InstantSource clock) {
        this.keyId = keyId;
        this.secret = secret;
        this.region = region;
        this.service = service;
        this.clock = clock;
    }

    /** Signs with the username as the id of the key and the token as its secret; not at all when one is missing. */
    static Credentials of(RegistryApi api, String region, String service, InstantSource clock) {
        String keyId = api.username();
        Secret secret = api.token();
        return keyId == null || secret == null
                ? request -> request
                : new AwsSignature(keyId, secret, region, service, clock);
    }

    @Override
    public Request sign(Request request) {
        String time = TIME.format(clock.instant());
        HttpUrl url = request.url();
        boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
        Request.Builder dated = request.newBuilder()
                .header("Host", usual ? url.host() : url.host() + ":" + url.port())
                .header("X-Amz-Date", time);
        Request unsigned = dated.build();
        TreeMap<String, String> headers = headers(unsigned);
        String signed = String.join(";", headers.keySet());
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String text = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hash(canonical(unsigned, headers, signed));
        String signature = HexFormat.of().formatHex(hmac(key(time.substring(0, 8)), text));
        return dated.header(
                        "Authorization",
                        ALGORITHM + " Credential=" + keyId + "/" + scope + ", SignedHeaders=" + signed + ", Signature="
                                + signature)
                .build();
    }

    private static TreeMap<String, String> headers(Request request) {
        var headers = new TreeMap<String, String>();
        for (String name : request.headers().names()) {
            headers.put(
                    name.toLowerCase(Locale.ROOT),
                    String.valueOf(request.header(name)).strip());
        }
        RequestBody body = request.body();
        if (body != null && body.contentType() != null) {
            headers.put("content-type", String.valueOf(body.contentType()));
        }
        return headers;
    }

    private static byte[] canonical(Request request, TreeMap<String, String> headers, String signed) {
        var text = new StringBuilder(request.method())
                .append('\n')
                .append(request.url().encodedPath())
                .append('\n')
                .append(query(request.url()))
                .append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        return text.append('\n')
                .append(signed)
                .append('\n')
                .append(hash(body(request)))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String query(HttpUrl url) {
        String query = url.encodedQuery();
        return query == null ? "" : Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
    }

    private static byte[] body(Request request) {
        RequestBody body = request.body();
        var buffer = new Buffer();
        try {
            if (body != null) {
                body.writeTo(buffer);
            }
        } catch (IOException impossible) {
            throw new AssertionError("a body in memory can be written", impossible);
        }
        return buffer.readByteArray();
    }

    private byte[] key(String day) {
        byte[] key = hmac(("AWS4" + secret.reveal()).getBytes(StandardCharsets.UTF_8), day);
        return hmac(hmac(hmac(key, region), service), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }

    private static String hash(byte[] bytes) {
        return Digest.of(Digest.Algorithm.SHA256, bytes).hex();
    }
}
