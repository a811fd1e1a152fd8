package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Model card of Hugging Face: the YAML between two lines of {@code ---} at the beginning of README.md. */
final class ModelCardFile implements DeclarationFile {

    private static final String FRONT_MATTER = "front matter";

    /** Tags by which cards claim that there is no base. */
    private static final Set<String> FROM_SCRATCH =
            Set.of("from-scratch", "trained-from-scratch", "pretrained-from-scratch");

    @Override
    public boolean isNamed(String name) {
        return name.equals("README.md");
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        String yaml = yaml(file);
        if (yaml == null) {
            return;
        }
        JsonNode card = PlainYaml.fields(file.name() + ": " + FRONT_MATTER, yaml);
        List<String> relations = texts(card.path("base_model_relation"));
        declared.statedAll(
                file.name(),
                "base_model",
                Source.MODEL_CARD,
                card.path("base_model"),
                relations.isEmpty() ? null : relations.getFirst());
        // What is claimed of no base has no name; the relation says what is claimed.
        if (texts(card.path("tags")).stream().anyMatch(FROM_SCRATCH::contains)) {
            declared.stated(file.name(), "tags", Source.MODEL_CARD, "from scratch", "from-scratch");
        }
        declared.licence(String.join(", ", texts(card.path("license"))));
    }

    private static @Nullable String yaml(ByteSource file) throws IOException {
        var bytes = new byte[(int) Math.min(file.size(), PlainYaml.SIZE_LIMIT)];
        file.read(0, ByteBuffer.wrap(bytes));
        List<String> lines = PlainYaml.withoutMark(new String(bytes, StandardCharsets.UTF_8))
                .lines()
                .toList();
        if (lines.isEmpty() || !isFence(lines.getFirst())) {
            return null;
        }
        for (int end = 1; end < lines.size(); end++) {
            if (isFence(lines.get(end))) {
                return String.join("\n", lines.subList(1, end));
            }
        }
        throw new CheckpointException(
                Reason.MALFORMED,
                file.name(),
                FRONT_MATTER + ": expected a closing --- within " + PlainYaml.SIZE_LIMIT + " bytes, found none");
    }

    private static boolean isFence(String line) {
        return line.stripTrailing().equals("---");
    }

    /** Those of a scalar or a list that are a name. */
    private static List<String> texts(JsonNode value) {
        var texts = new ArrayList<String>();
        for (JsonNode item : value.isArray() ? value : List.of(value)) {
            if (item.isTextual() && ModelNames.isName(item.textValue())) {
                texts.add(item.textValue().strip());
            }
        }
        return texts;
    }
}
