package dev.forebear.checkpoint.storage;

import java.net.URI;

/**
 * How an S3 server is reached.
 *
 * @param endpoint http or https address of the server
 * @param accessKey name of the account
 * @param secretKey its secret
 * @param region region that requests are signed for, such as us-east-1
 */
public record S3Access(URI endpoint, String accessKey, SecretKey secretKey, String region) {

    public static final String DEFAULT_REGION = "us-east-1";

    public S3Access {
        String scheme = endpoint.getScheme();
        if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("S3 endpoint: expected http://host or https://host, found " + endpoint);
        }
        if (endpoint.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "S3 endpoint: expected no credentials in the address of " + endpoint.getHost());
        }
    }

    /** A secret that does not show itself. */
    public record SecretKey(String value) {

        @Override
        public String toString() {
            return "***";
        }
    }
}
