package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kitfile of KitOps, whose model is either a path in the kit or another kit that it builds on. */
final class KitfileFile implements DeclarationFile {

    /** A name with a registry, a tag or a digest; a path in the kit has none of them. */
    private static final Pattern REFERENCE =
            Pattern.compile("[^/.]+\\.[^/]+/.+|[^/]+:\\d+/.+|[^:]+:[A-Za-z0-9_][A-Za-z0-9_.-]*|[^@]+@sha256:.+");

    @Override
    public boolean isNamed(String name) {
        return name.equals("Kitfile");
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        JsonNode model = PlainYaml.file(file).path("model");
        @Nullable String path = model.path("path").textValue();
        if (path != null && REFERENCE.matcher(path).matches() && !ModelNames.isLocalPath(path)) {
            declared.stated(file.name(), "model.path", Source.KITFILE, path, null);
        }
        declared.licence(model.path("license").textValue());
    }
}
