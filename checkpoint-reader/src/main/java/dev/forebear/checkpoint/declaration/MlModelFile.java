package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * MLmodel of MLflow, flavour transformers. It names what the model was loaded from: the base where only an adapter was
 * saved, what the weights are where none were saved, and else what may be the model itself.
 */
final class MlModelFile implements DeclarationFile {

    private static final String NAME = "source_model_name";

    @Override
    public boolean isNamed(String name) {
        return name.equals("MLmodel");
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        JsonNode flavour = PlainYaml.file(file).path("flavors").path("transformers");
        @Nullable String name = flavour.path(NAME).textValue();
        if (flavour.hasNonNull("peft_adaptor")) {
            declared.stated(file.name(), NAME, Source.MLMODEL, name, "adapter");
        } else if (flavour.hasNonNull("source_model_revision")) {
            declared.stated(file.name(), NAME, Source.MLMODEL, name, null);
        } else {
            declared.hint(file.name(), NAME, Source.MLMODEL, name);
        }
    }
}
