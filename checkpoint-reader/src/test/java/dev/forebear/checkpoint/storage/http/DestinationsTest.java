package dev.forebear.checkpoint.storage.http;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.http.Destinations.RefusedAddress;
import dev.forebear.checkpoint.storage.http.PublicAddress.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

    private static final HttpUrl HUB = HttpUrl.get("https://hub.example/");
    private static final HttpUrl INTRANET = HttpUrl.get("http://intranet.example:8080/");

    private static final Map<String, List<String>> ADDRESSES = Map.of(
            "hub.example", List.of("18.164.174.17"),
            "intranet.example", List.of("10.0.0.7"),
            "cdn.example", List.of("18.164.174.99", "2600:9000::1"),
            "rebound.example", List.of("18.164.174.99", "127.0.0.1"),
            "metadata.example", List.of("169.254.169.254"));

    private final Destinations hub = new Destinations(HUB, DestinationsTest::lookup);
    private final Destinations intranet = new Destinations(INTRANET, DestinationsTest::lookup);

    @Test
    void leadToOtherServersOfThePublicInternet() throws Exception {
        assertThat(hub.next("f", HUB, "https://cdn.example/x?signature=1"))
                .isEqualTo(HttpUrl.get("https://cdn.example/x?signature=1"));
        assertThat(hub.next("f", HUB, "/moved")).isEqualTo(HttpUrl.get("https://hub.example/moved"));
        assertThat(hub.lookup("cdn.example")).hasSize(2);
    }

    @Test
    void leadToNoLessEncryption() {
        assertRefused(
                () -> hub.next("f", HUB, "http://cdn.example/x"),
                Reason.REFUSED,
                "expected an https address, found http://cdn.example");
        assertRefused(() -> hub.next("f", HUB, "http://hub.example/x"), Reason.REFUSED, "expected an https address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebound.example", "intranet.example", "metadata.example"})
    void leadFromThePublicInternetToNoNameOfAPrivateAddress(String host) {
        assertThatExceptionOfType(RefusedAddress.class)
                .isThrownBy(() -> hub.lookup(host))
                .withMessageContaining("behind " + host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.7", "[::1]", "2130706433", "127.1", "[::ffff:10.0.0.7]", "[fd00::7]"})
    void leadFromThePublicInternetToNoPrivateAddress(String host) {
        assertRefused(
                () -> hub.next("f", HUB, "https://" + host + "/x"),
                Reason.REFUSED,
                "expected an address of the public internet");
    }

    @Test
    void leadFromAPrivateNetworkIntoItAndOutOfIt() throws Exception {
        assertThat(intranet.next("f", INTRANET, "http://10.0.0.8:9000/x").host())
                .isEqualTo("10.0.0.8");
        assertThat(intranet.lookup("rebound.example")).hasSize(2);
        assertThat(intranet.lookup("cdn.example")).hasSize(2);
    }

    @Test
    void leadNowhereToTheSecretsOfACloudsMachines() {
        assertRefused(
                () -> intranet.next("f", INTRANET, "http://169.254.169.254/latest"), Reason.REFUSED, "169.254.169.254");
        assertThatExceptionOfType(RefusedAddress.class).isThrownBy(() -> intranet.lookup("metadata.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, PUBLIC",
        "2600:9000::1, PUBLIC",
        "127.0.0.1, PRIVATE",
        "10.1.2.3, PRIVATE",
        "172.16.0.1, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "198.18.0.1, PRIVATE",
        "192.0.0.1, PRIVATE",
        "::1, PRIVATE",
        "fd12::1, PRIVATE",
        "::ffff:192.168.1.1, PRIVATE",
        "64:ff9b::a00:7, PRIVATE",
        "2002:a00:7::1, PRIVATE",
        "64:ff9b::808:808, PUBLIC",
        "2002:a9fe:a9fe::1, NEVER",
        "0.0.0.0, NEVER",
        "0.1.2.3, NEVER",
        "169.254.169.254, NEVER",
        "fe80::1, NEVER",
        "224.0.0.1, NEVER",
        "255.255.255.255, NEVER",
        "2001::1, NEVER",
        "::7f00:1, NEVER"
    })
    void addressesReachAsFarAsTheirRegistrySays(String address, Reach reach) throws UnknownHostException {
        assertThat(PublicAddress.of(InetAddress.getByName(address))).isEqualTo(reach);
    }

    private static List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : ADDRESSES.getOrDefault(host, List.of())) {
            addresses.add(InetAddress.getByName(address));
        }
        return addresses;
    }
}
