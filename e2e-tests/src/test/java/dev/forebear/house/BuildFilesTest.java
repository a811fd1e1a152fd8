package dev.forebear.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BuildFilesTest {

    @Test
    void everyVersionStandsInTheParentAndNowhereElse() {
        var version = Pattern.compile("<version>(?!0\\.1\\.0-SNAPSHOT|\\$\\{)[^<]*</version>");
        assertThat(SourceTree.files("pom.xml"))
                .filteredOn(pom -> !pom.getParent().equals(SourceTree.ROOT))
                .allSatisfy(
                        pom -> assertThat(version.matcher(SourceTree.text(pom)).results())
                                .isEmpty());
    }

    @Test
    void noSourceLeavesWorkBehind() {
        assertThat(SourceTree.files(".java"))
                .filteredOn(file -> !file.endsWith("BuildFilesTest.java"))
                .allSatisfy(file -> assertThat(SourceTree.text(file))
                        .doesNotContain("TODO", "FIXME", "@Disabled", "printStackTrace"));
    }

    @Test
    void noTestSleeps() {
        assertThat(SourceTree.files(".java"))
                .filteredOn(file -> file.toString().contains("src/test"))
                .filteredOn(file -> !file.endsWith("BuildFilesTest.java"))
                .allSatisfy(file -> assertThat(SourceTree.text(file)).doesNotContain("Thread.sleep"));
    }
}
