package dev.forebear.checkpoint.declaration;

import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Modelfile of Ollama. Its weights are usually named by a path, which is what it is for and declares nothing. */
final class ModelfileFile implements DeclarationFile {

    private static final String QUOTES = "\"\"\"";

    @Override
    public boolean isNamed(String name) {
        return name.equals("Modelfile");
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        String text = new String(file.readAll(PlainYaml.SIZE_LIMIT), StandardCharsets.UTF_8);
        boolean quoted = false;
        for (String line : PlainYaml.withoutMark(text).lines().toList()) {
            if (!quoted) {
                instruction(file, line.strip(), declared);
            }
            quoted ^= line.split(QUOTES, -1).length % 2 == 0;
        }
    }

    private static void instruction(ByteSource file, String line, Declared declared) {
        String[] words = line.split("\\s+", 2);
        if (words.length < 2) {
            return;
        }
        String value = words[1].replaceAll("^\"+|\"+$", "").strip();
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "FROM" -> base(file, "FROM", value, declared);
            case "ADAPTER" -> base(file, "ADAPTER", value, declared);
            case "LICENSE" -> licence(value, declared);
            default -> {
                // Prompts and parameters declare no ancestry.
            }
        }
    }

    private static void base(ByteSource file, String field, String name, Declared declared) {
        if (!ModelNames.isLocalPath(name)) {
            declared.stated(file.name(), field, Source.MODELFILE, name, field.equals("ADAPTER") ? "adapter" : null);
        }
    }

    /** An identifier; usually it is the whole text of a licence. */
    private static void licence(String value, Declared declared) {
        if (value.matches("[A-Za-z0-9.+-]{2,64}")) {
            declared.licence(value);
        }
    }
}
