package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the files of one checkpoint declare. What is wrong with them becomes a finding. Not thread-safe. */
public final class Declared {

    private static final int BASES_LIMIT = 256;
    private static final int FINDINGS_LIMIT = 100;

    private final Set<Declaration> bases = new LinkedHashSet<>();
    private final List<String> findings = new ArrayList<>();
    private @Nullable String licence;

    /** Reads something that a hostile file may be wrong about. */
    public interface Reading {
        void read() throws IOException;
    }

    /** Reads, and notes what cannot be read; only a file that changed meanwhile, or a store that is away, ends it. */
    public void orFinding(Reading reading) throws IOException {
        try {
            reading.read();
        } catch (CheckpointException unreadable) {
            if (unreadable.reason() == Reason.CHANGED) {
                throw unreadable;
            }
            finding(String.valueOf(unreadable.getMessage()));
        }
    }

    /** Notes a base that is written as one, wherever it is one; null and empty say nothing. */
    public void stated(String file, String field, Source source, @Nullable String name, @Nullable String relation) {
        add(file, field, name, relation, source, Strength.STATED, null);
    }

    /** The same with a digest that the base is pinned to. */
    void pinned(String file, String field, Source source, @Nullable String name, @Nullable String digest) {
        add(file, field, name, null, source, Strength.STATED, digest);
    }

    /** Notes what a tool left behind; where that is a path it says nothing, which is nobody's mistake. */
    void hint(String file, String field, Source source, @Nullable String name) {
        if (name != null && !ModelNames.isLocalPath(name.strip())) {
            add(file, field, name, null, source, Strength.HINT, null);
        }
    }

    /** Notes each text of a scalar or a list. */
    void statedAll(String file, String field, Source source, JsonNode names, @Nullable String relation) {
        for (JsonNode item : names.isArray() ? names : List.of(names)) {
            if (item.isTextual()) {
                stated(file, field, source, item.textValue(), relation);
            } else if (!item.isMissingNode() && !item.isNull()) {
                finding(file + ": " + field + ": expected a name, found " + item.getNodeType());
            }
        }
    }

    private void add(
            String file,
            String field,
            @Nullable String text,
            @Nullable String relation,
            Source source,
            Strength strength,
            @Nullable String digest) {
        if (text == null || text.isBlank()) {
            return;
        }
        String name = text.strip();
        if (ModelNames.isLocalPath(name)) {
            finding(file + ": " + field + ": expected the name of a model, found a local path");
        } else if (!ModelNames.isName(name) || bases.size() == BASES_LIMIT) {
            finding(file + ": " + field + ": expected at most " + BASES_LIMIT + " names, found "
                    + (bases.size() == BASES_LIMIT ? "more" : "a text that is none"));
        } else {
            bases.add(new Declaration(name, relation, source, strength, digest));
        }
    }

    /** Notes a licence identifier; the first counts. */
    public void licence(@Nullable String identifier) {
        if (licence == null && identifier != null && ModelNames.isName(identifier)) {
            licence = identifier.strip();
        }
    }

    void finding(String line) {
        if (findings.size() < FINDINGS_LIMIT) {
            findings.add(line);
        }
    }

    /** Each once, in the order in which they were found. */
    public List<Declaration> bases() {
        return List.copyOf(bases);
    }

    /** Null when none is declared. */
    public @Nullable String licence() {
        return licence;
    }

    /** What was wrong with the files, one line each. */
    public List<String> findings() {
        return List.copyOf(findings);
    }
}
