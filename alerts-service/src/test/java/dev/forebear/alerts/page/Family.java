package dev.forebear.alerts.page;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model of the organisation in the tests of the page, and what it was made from.
 *
 * @param modelId for example {@code internal/helios-7b}
 * @param versions how many versions of it were uploaded
 * @param parents model ids with their share; none for a model of no known ancestor
 * @param kind what was done to the parent
 * @param declares names that its card gives as bases
 * @param daysAgo when the last version was uploaded
 */
record Family(
        String modelId,
        int versions,
        @Nullable String licence,
        Map<String, Double> parents,
        String kind,
        List<String> declares,
        int daysAgo) {

    static final String BASALT = "hub/quarry-ai/basalt-7b";
    static final String BASALT_13B = "hub/quarry-ai/basalt-13b";
    static final String LANTERN = "hub/meridian-labs/lantern-3b";
    static final String TERN = "hub/northwind/tern-8b";
    static final String KELP = "hub/openfjord/kelp-1b";
    static final String HELIOS = "internal/helios-7b";

    /** A name as an attacker would choose it: markup, and a mention of everybody. */
    static final String HOSTILE = "internal/<img src=x onerror=alert(1)>-<!channel>";

    /** A person whose name turns the text after it around, and rings the bell. */
    static final String HOSTILE_PERSON = "ana\u202emoc.elpmaxe@\u0007bo";

    /** Right-to-left letters, and longer than any line. */
    static final String LONG = "internal/\u05d0\u05d1\u05d2-" + "very-long-name-".repeat(16) + "end";

    /** Parents come before what was made from them. */
    static final List<Family> ALL = List.of(
            base(BASALT, "apache-2.0", 29),
            base(BASALT_13B, "quarry-community-1.1", 28),
            base(LANTERN, "cc-by-nc-4.0", 27),
            base(TERN, "northwind-research", 26),
            base(KELP, "mit", 25),
            made(HELIOS, 4, "mit", BASALT, "fine-tuned", 1),
            made("internal/helios-7b-chat", 2, "mit", HELIOS, "fine-tuned", 1, "internal/helios-7b"),
            made("internal/helios-7b-q4", 1, "mit", HELIOS, "quantised", 0, "internal/helios-7b"),
            made("internal/helios-7b-legal", 2, null, HELIOS, "fine-tuned", 3),
            made("internal/contracts-summariser", 3, "mit", LANTERN, "fine-tuned", 2, "meridian-labs/lantern-3b"),
            made("internal/nlp-intent-classifier", 2, "apache-2.0", KELP, "fine-tuned", 6, "openfjord/kelp-1b"),
            made("internal/support-assistant", 3, "apache-2.0", BASALT_13B, "fine-tuned", 4),
            made("search/query-rewriter", 2, "mit", KELP, "pruned", 8, "openfjord/kelp-1b"),
            made("internal/ticket-triage", 2, "apache-2.0", BASALT, "quantised", 5),
            made("internal/policy-tutor", 1, "mit", TERN, "fine-tuned", 9),
            made("internal/invoice-reader", 2, "proprietary", LANTERN, "continued-pretraining", 7),
            made(
                    "internal/code-buddy",
                    1,
                    "quarry-community-1.1",
                    BASALT_13B,
                    "fine-tuned",
                    12,
                    "quarry-ai/basalt-13b"),
            made("internal/release-notes-writer", 1, "mit", BASALT, "copied", 2),
            made("internal/onboarding-guide", 2, "mit", HELIOS, "fine-tuned", 10, "internal/helios-7b"),
            made("internal/claims-checker", 1, "mit", TERN, "fine-tuned", 3),
            made("internal/meeting-minutes", 2, "mit", BASALT, "fine-tuned", 11, "openfjord/kelp-1b"),
            made("internal/email-draft", 1, "apache-2.0", BASALT, "fine-tuned", 14, "quarry-ai/basalt-7b"),
            made("internal/review-digest", 1, "mit", "internal/helios-7b-legal", "quantised", 1),
            new Family(
                    "search/blend-7b",
                    2,
                    "mit",
                    Map.of("internal/helios-7b-chat", 0.6, "internal/contracts-summariser", 0.4),
                    "merged",
                    List.of("internal/helios-7b-chat"),
                    1),
            made(HOSTILE, 1, "mit", BASALT, "fine-tuned", 2),
            made(LONG, 1, "mit", KELP, "fine-tuned", 16, "openfjord/kelp-1b"));

    Family {
        declares = List.copyOf(declares);
        parents = Map.copyOf(parents);
    }

    /** The last version, as versions are called in its registry. */
    String latest() {
        return version(versions);
    }

    /** A version, from 1. */
    String version(int number) {
        return modelId + "@" + (modelId.startsWith("hub/") ? "main" : "v" + number);
    }

    static Family of(String modelId) {
        return ALL.stream()
                .filter(family -> family.modelId().equals(modelId))
                .findFirst()
                .orElseThrow();
    }

    private static Family base(String modelId, String licence, int daysAgo) {
        return new Family(modelId, 1, licence, Map.of(), "", List.of(), daysAgo);
    }

    private static Family made(
            String modelId,
            int versions,
            @Nullable String licence,
            String parent,
            String kind,
            int daysAgo,
            String... declares) {
        return new Family(modelId, versions, licence, Map.of(parent, 1.0), kind, List.of(declares), daysAgo);
    }
}
