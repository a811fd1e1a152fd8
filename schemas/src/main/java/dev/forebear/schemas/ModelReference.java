package dev.forebear.schemas;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model as people and tools write it: {@code org/name}, {@code org/name@revision}, with a registry's alias before it,
 * as an address of a hub, a package URL, an image of an OCI registry, or {@code models:/name/3}. Case does not matter,
 * and revisions do not either: who names one version names the model.
 *
 * @param names what the model may be called, in lower case; several where the text does not tell which part is the name
 */
public record ModelReference(Set<String> names) {

    private static final Pattern PACKAGE = Pattern.compile("pkg:[^/]+/([^?#]*)(\\?[^#]*)?(#.*)?");
    private static final Pattern REPOSITORY_URL = Pattern.compile(".*[?&]repository_url=([^&]*).*");
    private static final Pattern ADDRESS = Pattern.compile("(https?|oci|docker)://(.*)");
    private static final Pattern HUB = Pattern.compile("(?:www\\.)?(?:huggingface\\.co|hf\\.co)/(.*)");

    /** What follows a name in the addresses of hubs. */
    private static final Pattern VIEW = Pattern.compile("(.+?)/(?:tree|blob|resolve|raw|commit|discussions)(?:/.*)?");

    private static final Pattern REGISTERED = Pattern.compile("models:/+([^@]+?)(?:/[^/]*|@.*)?");

    public ModelReference {
        names = Set.copyOf(names);
    }

    /** Never fails: what names nothing means no model. */
    public static ModelReference of(String text) {
        Set<String> names = new LinkedHashSet<>();
        String lower = text.strip().toLowerCase(Locale.ROOT);
        add(names, lower);
        Matcher registered = REGISTERED.matcher(lower);
        Matcher packaged = PACKAGE.matcher(lower);
        Matcher address = ADDRESS.matcher(lower);
        if (registered.matches()) {
            add(names, registered.group(1));
        } else if (packaged.matches()) {
            add(names, decoded(packaged.group(1)));
            Matcher repository = REPOSITORY_URL.matcher(packaged.group(2) == null ? "" : packaged.group(2));
            if (repository.matches()) {
                hosted(names, ADDRESS.matcher(decoded(repository.group(1))).replaceFirst("$2"));
            }
        } else if (address.matches()) {
            hosted(names, address.group(2).replaceFirst("[?#].*", ""));
        } else if (lower.startsWith("hf://")) {
            repository(names, lower.substring("hf://".length()));
        } else if (HUB.matcher(lower).matches() || lower.indexOf('.') > 0) {
            hosted(names, lower);
        }
        return new ModelReference(names);
    }

    /** Whether it means this model; without an organisation it means every model of that name. */
    public boolean means(String registry, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return isWhole(registry, name)
                || names.stream()
                        .anyMatch(own -> (own.indexOf('/') < 0 || wanted.indexOf('/') < 0)
                                && lastSegment(own).equals(lastSegment(wanted)));
    }

    /** Whether it means this model by its whole name. */
    public boolean isWhole(String registry, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return names.contains(wanted) || names.contains(registry.toLowerCase(Locale.ROOT) + "/" + wanted);
    }

    /** Whether two names differ at most in case and in what is before their last slash. */
    public static boolean sameLastSegment(String name, String other) {
        return lastSegment(name).equalsIgnoreCase(lastSegment(other));
    }

    /** A path at a host: with it, as OCI registries are written, and without. */
    private static void hosted(Set<String> names, String path) {
        Matcher hub = HUB.matcher(path);
        if (hub.matches()) {
            repository(names, hub.group(1));
            return;
        }
        Matcher view = VIEW.matcher(path);
        String plain = view.matches() ? view.group(1) : path;
        add(names, plain);
        int slash = plain.indexOf('/');
        if (slash > 0 && plain.substring(0, slash).matches(".*[.:].*|localhost")) {
            add(names, plain.substring(slash + 1));
        }
    }

    /** Organisation and name, and whatever else. */
    private static void repository(Set<String> names, String path) {
        String[] parts = path.split("/", 3);
        add(names, parts.length == 1 ? parts[0] : parts[0] + "/" + parts[1]);
    }

    /** A name, and what it is without a revision, a tag or a digest. */
    private static void add(Set<String> names, String text) {
        // From where a run of slashes begins: one within the text would be tried from each of its slashes.
        String name = text.replaceFirst("(?<!/)/+$", "").replace(' ', '-');
        String unpinned = name.replaceFirst("@[^@]*$", "");
        String untagged = unpinned.replaceFirst(":[^:/]*$", "");
        for (String one : new String[] {name, unpinned, untagged}) {
            if (!one.isEmpty()) {
                names.add(one);
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /** The last segments of {@link #names}: whatever it means has one of them as the last of its name. */
    public Set<String> segments() {
        return names.stream().map(ModelReference::lastSegment).collect(Collectors.toUnmodifiableSet());
    }

    /** What is after the last slash of a name, in lower case. */
    public static String lastSegment(String name) {
        return name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
