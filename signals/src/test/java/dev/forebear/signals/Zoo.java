package dev.forebear.signals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The zoo of trained models: what is in it, and how any two are truly related. */
public final class Zoo {

    /** How two models are truly related. */
    public enum Truth {
        /** A common ancestor over weights. */
        RELATED,
        /** Connected only by a shared initial seed or by distillation. */
        AMBIGUOUS,
        /** Trained independently. */
        INDEPENDENT
    }

    private static final Path ROOT = Path.of("../zoo");

    private final Map<String, JsonNode> models = new LinkedHashMap<>();

    private Zoo() {
        try {
            for (JsonNode model : new ObjectMapper()
                    .readTree(ROOT.resolve("lineage.json").toFile())
                    .get("models")) {
                models.put(model.get("id").asText(), model);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static Zoo open() {
        return new Zoo();
    }

    /** Names of the models with plain floating-point safetensors weights. */
    public List<String> plainModels() {
        return models.values().stream()
                .filter(model -> model.get("format").asText().equals("safetensors"))
                .map(model -> model.get("id").asText())
                .sorted()
                .toList();
    }

    /** Names of all models in the order of their upload. */
    public List<String> inOrderOfUpload() {
        return List.copyOf(models.keySet());
    }

    /** Direct parents of a model with their shares in it; NaN where none is given. */
    public Map<String, Double> parents(String model) {
        Map<String, Double> parents = new LinkedHashMap<>();
        JsonNode shares = models.get(model).path("parent_weights");
        for (JsonNode parent : models.get(model).get("parents")) {
            parents.put(parent.asText(), shares.path(parents.size()).asDouble(Double.NaN));
        }
        return parents;
    }

    public Checkpoint checkpoint(String model) {
        try {
            return Checkpoint.open(
                    new FolderStorage(ROOT.resolve(models.get(model).get("dir").asText())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Truth truth(String a, String b) {
        Set<String> first = ancestors(a);
        Set<String> second = ancestors(b);
        if (!Collections.disjoint(first, second)) {
            return Truth.RELATED;
        }
        Set<String> softOfFirst = softParents(first);
        Set<String> softOfSecond = softParents(second);
        boolean ambiguous = !Collections.disjoint(softOfFirst, second)
                || !Collections.disjoint(first, softOfSecond)
                || !Collections.disjoint(softOfFirst, softOfSecond);
        return ambiguous ? Truth.AMBIGUOUS : Truth.INDEPENDENT;
    }

    private Set<String> ancestors(String model) {
        Set<String> found = new TreeSet<>(Set.of(model));
        models.get(model).get("parents").forEach(parent -> found.addAll(ancestors(parent.asText())));
        return found;
    }

    private Set<String> softParents(Set<String> among) {
        Set<String> found = new HashSet<>();
        for (String model : among) {
            models.get(model).path("soft_parents").forEach(parent -> found.add(parent.asText()));
        }
        return found;
    }
}
