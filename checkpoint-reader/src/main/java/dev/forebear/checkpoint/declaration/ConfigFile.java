package dev.forebear.checkpoint.declaration;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;

/** Configuration of transformers: what the weights were loaded from when they were last saved. */
final class ConfigFile implements DeclarationFile {

    private static final String LOADED_FROM = "_name_or_path";
    private static final int SIZE_LIMIT = 4 << 20;

    @Override
    public boolean isNamed(String name) {
        return name.equals("config.json");
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        byte[] bytes = file.readAll(SIZE_LIMIT);
        try {
            String loadedFrom =
                    StoredJson.parse(file.name(), bytes).path(LOADED_FROM).textValue();
            declared.hint(file.name(), LOADED_FROM, Source.CONFIG, loadedFrom);
        } catch (CheckpointException noConfiguration) {
            // Whoever reads the weights by it says what is wrong with it.
        }
    }
}
