package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a GGUF file declares about the models that it was made from, and its licence. */
final class GgufOrigin {

    private static final String PREFIX = "general.base_model.";
    private static final int BASES_LIMIT = 100;
    private static final int NAME_LIMIT = 512;
    private static final Pattern REPOSITORY = Pattern.compile("https?://[^/\\s]+/([^/\\s]+/[^/\\s?#]+)/?");

    private GgufOrigin() {}

    static @Nullable ModelCard card(Metadata metadata) {
        Integer count = metadata.integer(PREFIX + "count");
        var bases = new ArrayList<String>();
        for (int base = 0; count != null && base < Math.min(count, BASES_LIMIT); base++) {
            String name = name(metadata, PREFIX + base);
            if (name != null) {
                bases.add(name);
            }
        }
        String licence = visible(metadata.text("general.license"));
        return bases.isEmpty() && licence == null ? null : new ModelCard(List.copyOf(bases), null, licence);
    }

    /** The name in its repository, else its organisation and name as the file writes them. */
    private static @Nullable String name(Metadata metadata, String prefix) {
        String url = metadata.text(prefix + ".repo_url");
        Matcher repository = REPOSITORY.matcher(url == null ? "" : url);
        if (repository.matches()) {
            return visible(repository.group(1));
        }
        String name = metadata.text(prefix + ".name");
        String organisation = metadata.text(prefix + ".organization");
        return visible(name == null || organisation == null ? name : organisation + "/" + name);
    }

    private static @Nullable String visible(@Nullable String text) {
        boolean is = text != null
                && !text.isBlank()
                && text.length() <= NAME_LIMIT
                && text.codePoints().noneMatch(Character::isISOControl);
        return is ? text : null;
    }
}
