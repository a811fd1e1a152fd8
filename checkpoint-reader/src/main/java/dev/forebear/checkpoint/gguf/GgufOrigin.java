package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.declaration.Declared;
import dev.forebear.checkpoint.declaration.Source;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a GGUF file declares about the models that it was made from, and its licence. */
final class GgufOrigin {

    private static final String BASE = "general.base_model.";
    private static final String SOURCE = "general.source";
    private static final int BASES_LIMIT = 100;
    private static final Pattern REPOSITORY = Pattern.compile("https?://[^/\\s]+/([^/\\s]+/[^/\\s?#]+)/?");

    private GgufOrigin() {}

    static void declare(String file, Metadata metadata, Declared declared) {
        Integer count = metadata.integer(BASE + "count");
        for (int base = 0; count != null && base < Math.min(count, BASES_LIMIT); base++) {
            declared.stated(file, BASE + base, Source.GGUF, name(metadata, BASE + base), null);
        }
        declared.stated(file, SOURCE, Source.GGUF, name(metadata, SOURCE), null);
        declared.licence(metadata.text("general.license"));
    }

    /** The name in its repository, else its organisation and name as the file writes them, else its address. */
    private static @Nullable String name(Metadata metadata, String prefix) {
        String url = metadata.text(prefix + ".repo_url");
        Matcher repository = REPOSITORY.matcher(url == null ? "" : url);
        if (repository.matches()) {
            return repository.group(1);
        }
        String name = metadata.text(prefix + ".name");
        if (name == null) {
            return url == null ? metadata.text(prefix + ".url") : url;
        }
        String organisation = metadata.text(prefix + ".organization");
        return organisation == null ? name : organisation + "/" + name;
    }
}
