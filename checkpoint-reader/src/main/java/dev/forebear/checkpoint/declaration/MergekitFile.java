package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.util.regex.Pattern;

/** What mergekit was told to merge: whole models, slices of them, or experts. */
final class MergekitFile implements DeclarationFile {

    private static final String RELATION = "merge";
    private static final Pattern NAME = Pattern.compile("mergekit_(moe_)?config\\.ya?ml");

    @Override
    public boolean isNamed(String name) {
        return NAME.matcher(name).matches();
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        JsonNode merge = PlainYaml.file(file);
        model(file, "base_model", merge.path("base_model"), declared);
        merge.path("models").forEach(model -> model(file, "models", model.path("model"), declared));
        merge.path("slices")
                .forEach(slice ->
                        slice.path("sources").forEach(source -> model(file, "slices", source.path("model"), declared)));
        merge.path("experts").forEach(expert -> model(file, "experts", expert.path("source_model"), declared));
    }

    /** A name, a name and the adapter put on it with a plus between, or fields that say the same. */
    private static void model(ByteSource file, String field, JsonNode model, Declared declared) {
        if (model.isObject()) {
            model(file, field, model.path("model"), declared);
            model(file, field, model.path("path"), declared);
            model(file, field, model.path("lora"), declared);
        } else if (model.isTextual()) {
            for (String name : model.textValue().split("\\+", 2)) {
                declared.stated(file.name(), field, Source.MERGEKIT, name, RELATION);
            }
        }
    }
}
