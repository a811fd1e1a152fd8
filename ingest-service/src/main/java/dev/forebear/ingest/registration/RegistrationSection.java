package dev.forebear.ingest.registration;

import dev.forebear.runtime.Secret;
import dev.forebear.runtime.yaml.SecretReference;
import dev.forebear.runtime.yaml.Section;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one entry of the file of registries; problems are left in the section. */
record RegistrationSection(SecretReference secrets) {

    /** The registration; empty when its kind or alias is none. */
    Optional<Registration> read(Section entry) {
        String alias = entry.text("alias");
        String word = entry.text("kind");
        RegistryKind kind = RegistryKind.of(word).orElse(null);
        if (kind == null && !word.isEmpty()) {
            entry.problemAt("kind", "expected one of " + RegistryKind.words() + ", found '" + word + "'");
        }
        Proof proof = proof(entry, kind);
        Sources sources = sources(entry, kind, proof);
        Where where = where(entry);
        Reading reading = reading(entry);
        Completeness completeness = completeness(entry);
        Rate rate = rate(entry);
        RegistryApi api = api(entry, kind);
        if (kind == null || alias.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Registration(alias, kind, proof, where, reading, completeness, rate, api, sources));
        } catch (IllegalArgumentException e) {
            entry.problemAt("alias", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Proof proof(Section entry, @Nullable RegistryKind kind) {
        boolean open = entry.flag("unauthenticated", false);
        boolean posts = (kind == null || kind.announces()) && !isFetched(entry);
        List<Section> references = entry.sections("secrets");
        if (open && !references.isEmpty() || posts && !open && references.isEmpty()) {
            entry.problem("expected either a list 'secrets' or 'unauthenticated: true'");
        }
        List<Secret> known = references.stream()
                .map(secrets::follow)
                .flatMap(Optional::stream)
                .toList();
        return new Proof(known, entry.duration("window", Proof.DEFAULT_WINDOW), carrier(entry.section("proof")));
    }

    private static boolean isFetched(Section entry) {
        return entry.has("kafka") || entry.has("sqs");
    }

    private Sources sources(Section entry, @Nullable RegistryKind kind, Proof proof) {
        if (isFetched(entry) && kind != null && !kind.announces()) {
            entry.problemAt("kind", "expected a kind that announces something, found '" + kind.word() + "'");
        }
        boolean posts = !proof.secrets().isEmpty() || entry.flag("unauthenticated", false);
        return new SourceSection(secrets).read(entry, !posts);
    }

    private static Proof.Carrier carrier(Section section) {
        var usual = Proof.Carrier.BEARER_TOKEN;
        Proof.Form form = section.choice("form", usual.form());
        String prefix = section.has("prefix") ? section.text("prefix") : usual.prefix();
        if (section.has("form") && !section.has("header")) {
            section.problemAt("header", "expected the name of a header, found none");
        }
        return section.parsed(
                "header", usual, "the name of a header", header -> new Proof.Carrier(header, form, prefix));
    }

    private static Where where(Section entry) {
        LocationTemplate location = entry.parsed(
                        "location", "a location with {name} and {version}", LocationTemplate::new)
                .orElse(null);
        BucketLayout layout = entry.parsed(
                "layout",
                BucketLayout.NAME_AND_VERSION,
                "folders with {name}, and perhaps {owner} and {version}",
                BucketLayout::new);
        try {
            return new Where(location, layout, new Stores(entry.texts("stores")));
        } catch (IllegalArgumentException e) {
            entry.problemAt("stores", String.valueOf(e.getMessage()));
            return Where.ANYWHERE;
        }
    }

    private static Reading reading(Section entry) {
        List<String> tags = entry.has("tags") ? entry.texts("tags") : Reading.USUAL_TAGS;
        return new Reading(entry.optionalText("type"), tags, mapping(entry.section("mapping")));
    }

    private static JsonMapping mapping(Section section) {
        var plain = JsonMapping.PLAIN;
        return new JsonMapping(
                path(section, "model", plain.model()),
                path(section, "version", plain.version()),
                path(section, "location", plain.location()),
                path(section, "bases", plain.bases()),
                path(section, "uploader", plain.uploader()),
                path(section, "time", plain.time()),
                path(section, "event", plain.event()),
                section.has("only") ? path(section, "only", "$") : null,
                path(section, "items", plain.items()),
                path(section, "next", plain.next()));
    }

    private static String path(Section section, String key, String otherwise) {
        return section.parsed(key, otherwise, "a JSONPath such as " + otherwise, JsonMapping::requirePath);
    }

    private static Completeness completeness(Section entry) {
        return new Completeness(entry.section("complete").duration("quiet", Completeness.USUAL.quiet()));
    }

    private static @Nullable Rate rate(Section entry) {
        return entry.parsed("rate", "a rate such as 100/s or 6000/m", Rate::parse)
                .orElse(null);
    }

    private @Nullable RegistryApi api(Section entry, @Nullable RegistryKind kind) {
        if (!entry.has("api")) {
            return null;
        }
        Section section = entry.section("api");
        URI url = section.parsed("url", "an address such as https://host/", URI::create)
                .orElse(null);
        String username = section.optionalText("username");
        Secret token = section.has("token") ? secrets.follow(section, "token").orElse(null) : null;
        List<String> scope = section.texts("scope");
        var every = section.duration("every", RegistryApi.DEFAULT_EVERY);
        double perSecond = section.parsed(
                "rate",
                RegistryApi.DEFAULT_REQUESTS_PER_SECOND,
                "a rate such as 5/s or 60/m",
                text -> Rate.parse(text).perSecond());
        if (scope.isEmpty() && kind != null && kind.needsScope()) {
            section.problemAt("scope", "expected what is to be listed, found none");
            return null;
        }
        if (url == null) {
            section.text("url");
            return null;
        }
        try {
            return new RegistryApi(url, username, token, scope, every, perSecond);
        } catch (IllegalArgumentException e) {
            section.problemAt("url", String.valueOf(e.getMessage()));
            return null;
        }
    }
}
