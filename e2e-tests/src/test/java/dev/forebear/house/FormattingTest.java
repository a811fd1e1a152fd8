package dev.forebear.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source is laid out by palantir-java-format. {@code -Dforebear.format=true} lays out what is not, instead of
 * complaining.
 */
class FormattingTest {

    private static final boolean APPLY = Boolean.getBoolean("forebear.format");

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    @Test
    void everySourceIsLaidOutByTheFormatter() throws IOException, FormatterException {
        List<String> unformatted = new ArrayList<>();
        for (Path file : SourceTree.files(".java")) {
            var source = SourceTree.text(file);
            var formatted = formatter.formatSourceAndFixImports(source);
            if (!source.equals(formatted)) {
                unformatted.add(SourceTree.ROOT.relativize(file).toString());
                if (APPLY) {
                    Files.writeString(file, formatted);
                }
            }
        }
        assertThat(APPLY ? List.of() : unformatted)
                .as("files to lay out with: mvn -pl e2e-tests -am test -Dtest=FormattingTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dforebear.format=true")
                .isEmpty();
    }
}
