package dev.forebear.alerts.delivery;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;

/**
 * An address that was checked, with or without a display name.
 *
 * @param text for example {@code Forebear <forebear@example.com>}
 */
record MailAddress(String text) {

    MailAddress {
        parse(text);
    }

    InternetAddress toInternetAddress() {
        return parse(text);
    }

    /** Without a display name, in lower case. */
    String plain() {
        return parse(text).getAddress().toLowerCase(Locale.ROOT);
    }

    /** What follows the at sign. */
    String domain() {
        String address = parse(text).getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static InternetAddress parse(String text) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(text, true);
            if (addresses.length != 1 || addresses[0].getAddress().indexOf('@') < 1) {
                throw new IllegalArgumentException("expected one address");
            }
            return addresses[0];
        } catch (AddressException e) {
            throw new IllegalArgumentException("expected an address such as team@example.com", e);
        }
    }
}
