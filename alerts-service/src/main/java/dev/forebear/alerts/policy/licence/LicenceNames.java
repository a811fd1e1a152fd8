package dev.forebear.alerts.policy.licence;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds one id for the many ways in which cards and registries write a licence: ids of Hugging Face and of SPDX, names
 * of {@code LicenseRef}, and names in words. Of several, as {@code MIT OR Apache-2.0}, any may be chosen.
 *
 * @param ids by every spelling, in the form that {@link #plain} gives it
 * @param missing words that say that there is none
 */
record LicenceNames(Map<String, String> ids, Set<String> missing) {

    static final String OR = " or ";

    private static final Pattern CHOICE = Pattern.compile("\\s+or\\s+|\\s*,\\s*");
    private static final Pattern DRESS = Pattern.compile(
            "^(licenseref-)?(scancode-)?(the-)?|(-community)?(-licen[cs]e)?(-agreement)?(-(19|20)\\d\\d)?$");
    private static final Pattern GAPS = Pattern.compile("[\\s_]+");

    /** Longer texts are licences themselves, not names of one. */
    private static final int MAX_LENGTH = 200;

    LicenceNames {
        ids = Map.copyOf(ids);
        missing = Set.copyOf(missing);
    }

    /** The id; several as {@code mit or apache-2.0}; empty when there is none; what is not known as it is, plain. */
    String idOf(String text) {
        if (text.length() > MAX_LENGTH) {
            return "other";
        }
        return Arrays.stream(CHOICE.split(text.strip().toLowerCase(Locale.ROOT).replace(", version ", " ")))
                .map(LicenceNames::plain)
                .filter(name -> !name.isEmpty() && !missing.contains(name))
                .map(name -> ids.getOrDefault(name, name))
                .distinct()
                .collect(Collectors.joining(OR));
    }

    /** Each of the ids of which one may be chosen. */
    static List<String> alternatives(String id) {
        return List.of(id.split(OR));
    }

    /** In lower case, with hyphens, without what says only that it is a licence. */
    static String plain(String name) {
        String joined = GAPS.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
        return DRESS.matcher(joined).replaceAll("");
    }
}
