package dev.forebear.checkpoint.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * adapter_config.json of PEFT, as far as it changes the weights. The tensors tell which matrices are adapted.
 *
 * @param base what it says about where its base is: a name, or a path on the machine that it was trained on; null when
 *     it does not say
 * @param ranks ranks that an update may have
 * @param alpha by which an update is scaled, over its rank
 * @param alphas the same for the modules whose name ends so, or is so where {@code ^} is before it
 * @param byRoot whether updates are scaled over the root of their rank
 * @param magnitudes whether rows are brought to a learned length (DoRA)
 * @param transposed whether adapted matrices are stored (in × out)
 */
record AdapterConfig(
        @Nullable String base,
        Set<Integer> ranks,
        double alpha,
        Map<String, Alpha> alphas,
        boolean byRoot,
        boolean magnitudes,
        boolean transposed) {

    static final String FILE = "adapter_config.json";

    private static final int FILE_LIMIT = 1 << 20;
    private static final int RANK_LIMIT = 1 << 14;
    private static final int PATTERNS_LIMIT = 4_096;

    /** Names, not regular expressions. */
    private static final Pattern NAME = Pattern.compile("\\^?[A-Za-z0-9_.-]{1,512}");

    /** Beginnings of training that leave the base as it is. */
    private static final Set<String> HARMLESS_BEGINNINGS = Set.of("true", "false", "gaussian", "orthogonal", "eva");

    /**
     * The scale of some modules.
     *
     * @param place among the patterns: of several that fit, the first counts
     */
    record Alpha(int place, double value) {}

    AdapterConfig {
        ranks = Set.copyOf(ranks);
        alphas = Map.copyOf(alphas);
    }

    /**
     * @throws CheckpointException MISSING, MALFORMED when it is no configuration, UNSUPPORTED for adapters that are no
     *     LoRA or that change more than single matrices
     */
    static AdapterConfig read(Storage storage) throws IOException {
        JsonNode json = StoredJson.read(storage, FILE, FILE_LIMIT);
        requireSupported(json);
        JsonNode alpha = json.path("lora_alpha");
        var ranks = new HashSet<Integer>();
        ranks.add(rank("r", json.path("r")));
        for (Map.Entry<String, JsonNode> entry : patterns(json, "rank_pattern").entrySet()) {
            ranks.add(rank("rank_pattern", entry.getValue()));
        }
        var alphas = new HashMap<String, Alpha>();
        for (Map.Entry<String, JsonNode> entry : patterns(json, "alpha_pattern").entrySet()) {
            if (!NAME.matcher(entry.getKey()).matches()) {
                throw unsupported("alpha_pattern: expected names of modules, found a regular expression");
            }
            alphas.put(entry.getKey(), new Alpha(alphas.size(), number("alpha_pattern", entry.getValue())));
        }
        return new AdapterConfig(
                json.path("base_model_name_or_path").textValue(),
                ranks,
                number("lora_alpha", alpha),
                alphas,
                json.path("use_rslora").asBoolean(false),
                json.path("use_dora").asBoolean(false),
                json.path("fan_in_fan_out").asBoolean(false));
    }

    /** What an update of this rank of the module of this name is multiplied by. */
    double scale(String module, int rank) {
        return alpha(module) / (byRoot ? Math.sqrt(rank) : rank);
    }

    private double alpha(String module) {
        Alpha found = alphas.get("^" + module);
        for (int dot = -1; dot < module.length(); dot = next(module, dot)) {
            Alpha fits = alphas.get(module.substring(dot + 1));
            if (fits != null && (found == null || fits.place() < found.place())) {
                found = fits;
            }
        }
        return found == null ? alpha : found.value();
    }

    private static int next(String module, int dot) {
        int next = module.indexOf('.', dot + 1);
        return next < 0 ? module.length() : next;
    }

    private static void requireSupported(JsonNode json) throws CheckpointException {
        String kind = json.path("peft_type").asText("unknown");
        if (!kind.equalsIgnoreCase("LORA")) {
            throw unsupported("expected a LoRA adapter, found one of type " + kind);
        }
        JsonNode beginning = json.path("init_lora_weights");
        if (json.hasNonNull("init_lora_weights")
                && !HARMLESS_BEGINNINGS.contains(beginning.asText().toLowerCase(Locale.ROOT))) {
            throw unsupported(
                    "init_lora_weights: expected an adapter of the base as it is, found one of a base changed by "
                            + beginning.asText());
        }
        for (String field : new String[] {"layer_replication", "target_parameters", "alora_invocation_tokens"}) {
            if (json.hasNonNull(field)
                    && !(json.path(field).isArray() && json.path(field).isEmpty())) {
                throw unsupported("expected updates of single matrices, found " + field);
            }
        }
        for (String field : new String[] {"lora_bias", "use_qalora"}) {
            if (json.path(field).asBoolean(false)) {
                throw unsupported("expected updates of single matrices, found " + field);
            }
        }
    }

    private static Map<String, JsonNode> patterns(JsonNode json, String field) throws CheckpointException {
        var patterns = new LinkedHashMap<String, JsonNode>();
        JsonNode node = json.path(field);
        if (node.size() > PATTERNS_LIMIT) {
            throw malformed(field, "at most " + PATTERNS_LIMIT + " patterns", "" + node.size());
        }
        node.properties().forEach(entry -> patterns.put(entry.getKey(), entry.getValue()));
        return patterns;
    }

    private static int rank(String field, JsonNode value) throws CheckpointException {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < 1
                || value.intValue() > RANK_LIMIT) {
            throw malformed(field, "a rank of 1 to " + RANK_LIMIT, shown(value));
        }
        return value.intValue();
    }

    private static double number(String field, JsonNode value) throws CheckpointException {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw malformed(field, "a number", shown(value));
        }
        return value.doubleValue();
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "none" : value.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private static CheckpointException malformed(String field, String expected, String found) {
        return new CheckpointException(Reason.MALFORMED, FILE, field + ": expected " + expected + ", found " + found);
    }

    private static CheckpointException unsupported(String message) {
        return new CheckpointException(Reason.UNSUPPORTED, FILE, message);
    }
}
