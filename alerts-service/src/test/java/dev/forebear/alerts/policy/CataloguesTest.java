package dev.forebear.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.policy.licence.Fit;
import dev.forebear.alerts.policy.licence.LicenceTable;
import dev.forebear.alerts.policy.licence.LicenceTableReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Families by name, and licences in all spellings. */
class CataloguesTest {

    private final FamilyCatalogue families = FamilyCatalogue.standard();
    private final LicenceTable licences = LicenceTableReader.standard();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "meta-llama/Llama-3.1-8B, Llama, Meta, US",
                "Qwen/Qwen2.5-7B, Qwen, Alibaba, CN",
                "mistralai/Mixtral-8x7B-v0.1, Mistral, Mistral AI, FR",
                "google/gemma-2-9b, Gemma, Google, US",
                "openai-community/gpt2-xl, GPT-2, OpenAI, US",
                "EleutherAI/pythia-70m, Pythia, EleutherAI, -",
                "tiiuae/falcon-7b, Falcon, Technology Innovation Institute, AE",
                "swiss-ai/Apertus-8B, Apertus, Swiss AI Initiative, CH",
                "someone/Llama-3.1-8B-finetune, -, someone, -",
                "llama, -, -, -"
            })
    void knowsWhereAModelComesFromByItsName(String name, String family, String publisher, String country) {
        assertThat(families.origin("hub", name)).isEqualTo(new Origin(family, publisher, country));
    }

    @Test
    void listsEachFamilyOnce() {
        assertThat(families.families())
                .hasSizeGreaterThan(50)
                .extracting(Family::name)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Apache-2.0, apache-2.0",
                "Apache License 2.0, apache-2.0",
                "'The Apache License, Version 2.0', apache-2.0",
                "MIT License, mit",
                "GPL-3.0-or-later, gpl-3.0",
                "LicenseRef-llama3.1, llama3.1",
                "LicenseRef-scancode-llama-3.1-license-2024, llama3.1",
                "Llama 3.1 Community License Agreement, llama3.1",
                "MIT OR Apache-2.0, mit or apache-2.0",
                "'mit, apache-2.0', mit or apache-2.0",
                "cc_by_nc_4.0, cc-by-nc-4.0",
                "Acme Terms, acme-terms",
                "unknown, ''",
                "NOASSERTION, ''",
                "-, ''"
            })
    void findsOneIdForAllSpellingsOfALicence(String text, String id) {
        assertThat(licences.idOf(text)).isEqualTo(id);
    }

    @Test
    void takesTheTextOfALicenceForNoName() {
        assertThat(licences.idOf("Permission is hereby granted ".repeat(1_000))).isEqualTo("other");
    }

    /** Table 1 of common readings, row by row: what a derivative of the first may not, and may perhaps, be under. */
    @ParameterizedTest
    @CsvSource({
        "apache-2.0, '', ''",
        "cc0-1.0, '', ''",
        "cc-by-4.0, '', ''",
        "cc-by-sa-4.0, apache-2.0 mit cc-by-nc-4.0 llama3.1 gemma, other acme",
        "cc-by-nc-4.0, apache-2.0 mit llama3.1 gemma gpl-3.0 cc0-1.0, cc-by-nc-nd-4.0 other",
        "cc-by-nc-sa-4.0, apache-2.0 cc-by-nc-4.0 gemma, other",
        "cc-by-nd-4.0, apache-2.0 cc-by-nd-4.0 cc-by-4.0, other",
        "creativeml-openrail-m, apache-2.0 mit cc0-1.0 llama3, openrail other bigcode-openrail-m",
        "llama2, apache-2.0 mit cc-by-4.0 gemma, llama3 llama3.1 other",
        "llama3.1, apache-2.0 mit cc-by-4.0 openrail++ gemma, llama3 llama4 llama other",
        "gemma, apache-2.0 mit llama3.1, openrail bigscience-openrail-m other",
        "gpl-3.0, apache-2.0 mit cc-by-nc-4.0, lgpl-3.0 other",
        "agpl-3.0, apache-2.0 mit, lgpl-3.0 gpl-3.0",
        "apple-amlr, apache-2.0 cc-by-nc-4.0, other"
    })
    void readsTheTable(String parent, String conflicting, String unclear) {
        assertThat(List.of(conflicting.split(" ")))
                .filteredOn(id -> !id.isEmpty())
                .allSatisfy(id -> assertThat(licences.fit(parent, id)).as(id).isEqualTo(Fit.CONFLICTING));
        assertThat(List.of(unclear.split(" ")))
                .filteredOn(id -> !id.isEmpty())
                .allSatisfy(id -> assertThat(licences.fit(parent, id)).as(id).isEqualTo(Fit.UNCLEAR));
        if (conflicting.isEmpty()) {
            assertThat(licences.ids())
                    .allSatisfy(id -> assertThat(licences.fit(parent, id)).isEqualTo(Fit.ACCEPTABLE));
        }
    }

    @Test
    void letsAMergeBeUnderWhatAllItsParentsAccept() {
        assertThat(licences.acceptableToAll(List.of("apache-2.0", "mit"))).isEqualTo(Set.of("any"));
        assertThat(licences.acceptableToAll(List.of("apache-2.0", "gemma"))).isEqualTo(Set.of("gemma"));
        assertThat(licences.acceptableToAll(List.of("cc-by-nc-4.0", "cc-by-nc-sa-4.0")))
                .isEqualTo(Set.of("cc-by-nc-sa-4.0"));
        assertThat(licences.acceptableToAll(List.of("llama3.1", "gemma"))).isEmpty();
    }

    @Test
    void knowsEveryLicenceThatItsRowsName() {
        assertThat(licences.ids()).allSatisfy(id -> {
            var row = licences.row(id).orElseThrow();
            assertThat(row.acceptable()).isSubsetOf(withAny());
        });
    }

    private Set<String> withAny() {
        Set<String> all = new HashSet<>(licences.ids());
        all.add("any");
        return all;
    }
}
