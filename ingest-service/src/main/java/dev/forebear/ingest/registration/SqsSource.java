package dev.forebear.ingest.registration;

import dev.forebear.runtime.Secret;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A queue of Amazon SQS, or of whoever speaks like it, into which a registry's events are put.
 *
 * @param url of the queue, for example {@code https://sqs.eu-central-1.amazonaws.com/123456789012/models}
 * @param region for which requests are signed
 * @param accessKey id of the key
 * @param secretKey that signs
 * @param endpoint to which requests go; mostly where the queue is
 */
public record SqsSource(URI url, String region, Secret accessKey, Secret secretKey, URI endpoint) {

    private static final Pattern AMAZON = Pattern.compile("sqs\\.(?<region>[a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    public SqsSource {
        require("queue", url);
        require("endpoint", endpoint);
        if (name(url).isEmpty()) {
            throw new IllegalArgumentException("queue: expected an address that ends in its name, found '" + url + "'");
        }
        if (!region.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("region: expected one such as eu-central-1, found '" + region + "'");
        }
    }

    /** The region that an address of Amazon names. */
    static String region(URI url) {
        Matcher amazon = AMAZON.matcher(String.valueOf(url.getHost()));
        if (!amazon.matches()) {
            throw new IllegalArgumentException("expected 'region', which the address does not tell, found none");
        }
        return amazon.group("region");
    }

    /** Name of the queue. */
    public String name() {
        return name(url);
    }

    private static String name(URI url) {
        String path = String.valueOf(url.getPath());
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void require(String what, URI url) {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http") || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(what + ": expected an address such as https://host/, without user and "
                    + "password, found another text");
        }
    }
}
