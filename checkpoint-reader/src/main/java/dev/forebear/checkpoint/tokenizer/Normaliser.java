package dev.forebear.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a tokenizer does to a text before it is split. Steps that are not known here leave the text as it is. */
interface Normaliser {

    /** Twice as many steps as any published file has. */
    int STEPS_LIMIT = 16;

    String normalise(String text);

    static Normaliser of(JsonNode json) {
        return switch (json.path("type").asText("")) {
            case "Sequence" -> sequence(json.path("normalizers"));
            case "NFC" -> text -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case "NFD" -> text -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case "NFKC" -> text -> Normalizer.normalize(text, Normalizer.Form.NFKC);
            case "NFKD" -> text -> Normalizer.normalize(text, Normalizer.Form.NFKD);
            // A compiled table; of published models always NFKC with white space joined.
            case "Precompiled" ->
                text -> Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s+", " ");
            case "Lowercase" -> text -> text.toLowerCase(Locale.ROOT);
            case "StripAccents" -> Normaliser::withoutAccents;
            case "Strip" -> String::strip;
            case "Prepend" -> prepend(json.path("prepend").asText(""));
            case "Replace" -> replace(json);
            case "ByteLevel" -> ByteAlphabet::write;
            case "BertNormalizer" -> bert(json);
            default -> text -> text;
        };
    }

    private static Normaliser sequence(JsonNode steps) {
        List<Normaliser> known = new ArrayList<>();
        for (JsonNode step : steps) {
            if (known.size() < STEPS_LIMIT) {
                known.add(of(step));
            }
        }
        return text -> {
            String normalised = text;
            for (Normaliser step : known) {
                normalised = step.normalise(normalised);
            }
            return normalised;
        };
    }

    private static Normaliser replace(JsonNode json) {
        FilePattern pattern = FilePattern.of(json.path("pattern"));
        String content = json.path("content").asText("");
        return text -> pattern.replace(text, content);
    }

    private static Normaliser prepend(String prefix) {
        return text -> text.isEmpty() || prefix.length() > FilePattern.TEXT_LIMIT ? text : prefix + text;
    }

    private static Normaliser bert(JsonNode json) {
        boolean lowercase = json.path("lowercase").asBoolean(true);
        boolean accents = !json.path("strip_accents").asBoolean(lowercase);
        boolean chinese = json.path("handle_chinese_chars").asBoolean(true);
        return text -> {
            String clean = text.replaceAll("\\s", " ").replaceAll("[\\p{Cc}\\p{Cf}\ufffd]", "");
            String spaced = chinese ? clean.replaceAll("(\\p{IsHan})", " $1 ") : clean;
            String plain = accents ? spaced : withoutAccents(spaced);
            return lowercase ? plain.toLowerCase(Locale.ROOT) : plain;
        };
    }

    private static String withoutAccents(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{Mn}", "");
    }
}
