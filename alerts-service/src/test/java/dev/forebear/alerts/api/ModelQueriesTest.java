package dev.forebear.alerts.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Reports;
import dev.forebear.alerts.readmodel.Filled;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelQueriesTest {

    private static final int OLD = 2_100;
    private static final int ALL = 7_300;

    @TempDir
    static Path folder;

    private static Filled filled;

    @BeforeAll
    static void fill() {
        filled = new Filled(folder, InstantSource.system());
        filled.putAll(IntStream.range(0, ALL)
                .mapToObj(i -> Reports.builder(name(i) + "@v1", 1)
                        .setReportedAt(Reports.UPLOADED.plusSeconds(i))
                        .build())
                .toList());
    }

    @AfterAll
    static void close() {
        filled.close();
    }

    private static String name(int number) {
        String kind = number < OLD ? "granite" : number % 2 == 0 ? "marble" : "marble-Émile";
        return kind + "-" + number;
    }

    @ParameterizedTest
    @ValueSource(strings = {"granite", "Marble", "marble 7", "marble-6", "émile", "internal/ granite", "chalk"})
    void pagesThroughWhatHoldsTheWordsFromTheLatestOn(String words) {
        List<String> expected = IntStream.range(0, ALL)
                .map(i -> ALL - 1 - i)
                .mapToObj(i -> "internal/" + name(i) + "@v1")
                .filter(id -> isMeant(id, words))
                .toList();
        List<String> seen = new ArrayList<>();
        Cursor cursor = null;
        do {
            Listing<ModelVersionView> page = page(words, cursor, 199);
            page.items().forEach(item -> seen.add(item.id()));
            assertThat(page.total()).isEqualTo(expected.size());
            cursor = page.next() == null ? null : Cursor.parse(page.next());
        } while (cursor != null);
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void findsOfManyThoseThatFulfilTheOtherFiltersToo() {
        var none = new ModelFilter(
                SearchText.of("granite"), List.of("hub"), List.of(), List.of(), List.of(), null, null, null);
        assertThat(page(none, null, 50).items()).isEmpty();
        assertThat(page(none, null, 50).total()).isZero();
    }

    private static boolean isMeant(String id, String words) {
        String name = id.substring(id.indexOf('/')).toLowerCase();
        return List.of(words.toLowerCase().split(" ")).stream()
                .allMatch(word -> word.length() < 3
                        ? name.contains("/" + word)
                        : id.toLowerCase().contains(word));
    }

    private static Listing<ModelVersionView> page(String words, Cursor cursor, int limit) {
        return page(
                new ModelFilter(SearchText.of(words), List.of(), List.of(), List.of(), List.of(), null, null, null),
                cursor,
                limit);
    }

    private static Listing<ModelVersionView> page(ModelFilter filter, Cursor cursor, int limit) {
        return filled.model().queries().withHandle(handle -> ModelQueries.page(handle, filter, cursor, limit));
    }
}
