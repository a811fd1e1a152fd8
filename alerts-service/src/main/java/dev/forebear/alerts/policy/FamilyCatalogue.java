package dev.forebear.alerts.policy;

import dev.forebear.runtime.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Families of models by the names they are published under; of several that fit, the first counts. */
record FamilyCatalogue(List<Family> families) {

    private static final String STANDARD = "families.yaml";
    private static final int FIRST_YEAR = 1950;
    private static final int LAST_YEAR = 2100;

    FamilyCatalogue {
        families = List.copyOf(families);
    }

    /** The families in the jar. */
    static FamilyCatalogue standard() {
        return Section.read(STANDARD, Resources.text(STANDARD), file -> {
            file.text("as-of");
            return new FamilyCatalogue(read(file));
        });
    }

    /** The families that a policy lists, and the standard ones after them. */
    static FamilyCatalogue of(Section policy) {
        List<Family> families = new ArrayList<>(read(policy));
        families.addAll(standard().families);
        return new FamilyCatalogue(families);
    }

    /** Where a model comes from, as far as its name tells. */
    Origin origin(String registry, String modelName) {
        String name = modelName.toLowerCase(Locale.ROOT);
        String id = registry.toLowerCase(Locale.ROOT) + "/" + name;
        return families.stream()
                .filter(family -> family.includes(name, id))
                .findFirst()
                .map(family -> new Origin(
                        family.name(),
                        family.publisher() == null ? Origin.byName(modelName).publisher() : family.publisher(),
                        family.country()))
                .orElseGet(() -> Origin.byName(modelName));
    }

    private static List<Family> read(Section file) {
        return file.sections("families").stream().map(FamilyCatalogue::family).toList();
    }

    private static Family family(Section entry) {
        String name = entry.text("name");
        List<NamePattern> models = Patterns.of(entry, "models");
        if (models.isEmpty()) {
            entry.problem("expected 'models' to list a pattern, found none");
        }
        return new Family(
                name,
                entry.optionalText("publisher"),
                entry.parsed("country", "two letters such as DE", FamilyCatalogue::country)
                        .orElse(null),
                entry.integer("released", 0, FIRST_YEAR, LAST_YEAR),
                models);
    }

    static String country(String text) {
        if (!text.matches("[A-Za-z]{2}")) {
            throw new IllegalArgumentException("no two letters");
        }
        return text.toUpperCase(Locale.ROOT);
    }
}
