package dev.forebear.alerts.policy.licence;

import dev.forebear.runtime.yaml.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads tables of licences from YAML: the one in the jar, and rows that a policy puts in their place. */
public final class LicenceTableReader {

    private static final String STANDARD = "licences.yaml";

    private LocalDate asOf = LocalDate.EPOCH;
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Map<String, Licence> rows = new HashMap<>();

    private LicenceTableReader() {}

    /** The table in the jar. */
    public static LicenceTable standard() {
        return table(text());
    }

    /**
     * The table that a section of a policy asks for: its own rows over the standard ones, or instead of them with
     * {@code standard: false}. Problems are noted in the section.
     */
    public static LicenceTable of(Section section) {
        var reader = new LicenceTableReader();
        if (section.flag("standard", true)) {
            Section.read(STANDARD, text(), reader::add);
        }
        return reader.add(section);
    }

    private static LicenceTable table(String text) {
        return Section.read(STANDARD, text, new LicenceTableReader()::add);
    }

    private LicenceTable add(Section section) {
        asOf = section.parsed("as-of", asOf, "a date such as 2026-11-20", LicenceTableReader::date);
        Section named = section.section("groups");
        named.keys().forEach(group -> groups.put(group, named.texts(group)));
        section.texts("vague").forEach(name -> ids.put(LicenceNames.plain(name), name));
        section.texts("missing").forEach(word -> missing.add(LicenceNames.plain(word)));
        section.sections("licences").forEach(this::addRow);
        return new LicenceTable(asOf, new LicenceNames(ids, missing), rows);
    }

    private void addRow(Section row) {
        String id = LicenceNames.plain(row.text("id"));
        ids.put(id, id);
        row.texts("names").forEach(name -> ids.put(LicenceNames.plain(name), id));
        rows.put(
                id,
                new Licence(
                        id,
                        Set.copyOf(row.texts("duties")),
                        expanded(row.texts("acceptable")),
                        expanded(row.texts("unclear")),
                        row.optionalText("name-begins")));
    }

    /** Names of groups become their members. */
    private Set<String> expanded(List<String> names) {
        Set<String> expanded = new HashSet<>();
        names.forEach(name -> expanded.addAll(groups.getOrDefault(name, List.of(name))));
        return expanded;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String text() {
        try (var in = LicenceTableReader.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IllegalStateException(STANDARD + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
