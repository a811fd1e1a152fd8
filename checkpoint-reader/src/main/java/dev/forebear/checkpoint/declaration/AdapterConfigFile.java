package dev.forebear.checkpoint.declaration;

import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;

/** Configuration of PEFT: the model that the adapter was trained on. */
final class AdapterConfigFile implements DeclarationFile {

    private static final String BASE = "base_model_name_or_path";
    private static final int SIZE_LIMIT = 1 << 20;

    @Override
    public boolean isNamed(String name) {
        return name.equals("adapter_config.json");
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        String base = StoredJson.parse(file.name(), file.readAll(SIZE_LIMIT))
                .path(BASE)
                .textValue();
        declared.stated(file.name(), BASE, Source.ADAPTER_CONFIG, base, "adapter");
    }
}
