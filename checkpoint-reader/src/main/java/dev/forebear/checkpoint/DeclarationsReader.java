package dev.forebear.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.gguf.GgufModel;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads declarations; what is wrong with the files becomes a finding. */
final class DeclarationsReader {

    private static final String ADAPTER = "adapter_config.json";
    private static final String ADAPTER_BASE = "base_model_name_or_path";
    private static final int ADAPTER_LIMIT = 1 << 20;
    private static final Pattern LOCAL_PATH = Pattern.compile("[/.~].*|file:.*|[A-Za-z]:[/\\\\].*|.*\\\\.*");

    private final Storage storage;
    private final List<String> findings = new ArrayList<>();

    private DeclarationsReader(Storage storage) {
        this.storage = storage;
    }

    /** @param weights reads the model in its weight file, where that describes itself; null where other files do */
    static Declarations read(Storage storage, Reading<GgufModel> weights) throws IOException {
        var reader = new DeclarationsReader(storage);
        GgufModel whole = reader.orFinding(weights);
        ModelCard page = reader.orFinding(() -> FrontMatter.card(storage, reader.findings));
        ModelCard card = joined(page, whole == null ? null : whole.card());
        String adapterBase = reader.orFinding(reader::adapterBase);
        return new Declarations(card, adapterBase, reader.findings);
    }

    /** What a page says, and what it leaves out from the weights. */
    private static @Nullable ModelCard joined(@Nullable ModelCard page, @Nullable ModelCard weights) {
        if (page == null || weights == null) {
            return page == null ? weights : page;
        }
        var bases = new LinkedHashSet<>(page.baseModels());
        bases.addAll(weights.baseModels());
        return new ModelCard(
                List.copyOf(bases),
                page.baseModelRelation(),
                page.licence() == null ? weights.licence() : page.licence());
    }

    interface Reading<T> {

        @Nullable
        T read() throws IOException;
    }

    private <T> @Nullable T orFinding(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (CheckpointException unreadable) {
            if (unreadable.reason() == Reason.CHANGED) {
                throw unreadable;
            }
            findings.add(unreadable.getMessage());
            return null;
        }
    }

    private @Nullable String adapterBase() throws IOException {
        byte[] bytes = StoredJson.bytesIfPresent(storage, ADAPTER, ADAPTER_LIMIT);
        if (bytes == null) {
            return null;
        }
        JsonNode base = StoredJson.parse(ADAPTER, bytes).path(ADAPTER_BASE);
        if (!base.isTextual() || base.textValue().isBlank()) {
            return null;
        }
        if (LOCAL_PATH.matcher(base.textValue()).matches() || !FrontMatter.isName(base.textValue())) {
            findings.add(ADAPTER + ": " + ADAPTER_BASE + ": expected the name of a model, found a local path");
            return null;
        }
        return base.textValue();
    }
}
