package dev.forebear.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** How a tokenizer splits a text into words. Steps that are not known here leave the words as they are. */
interface PreTokenizer {

    /** Words of the GPT-2 family: contractions, letters, digits, other characters, each with its space before it. */
    String BYTE_LEVEL_WORDS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    List<String> split(List<String> words);

    static PreTokenizer of(JsonNode json) {
        return switch (json.path("type").asText("")) {
            case "Sequence" -> sequence(json.path("pretokenizers"));
            case "ByteLevel" -> byteLevel(json);
            case "Metaspace" -> metaspace(json);
            case "Split" ->
                split(
                        FilePattern.of(json.path("pattern")),
                        behaviour(json),
                        json.path("invert").asBoolean());
            case "Digits" -> json.path("individual_digits").asBoolean() ? isolated("\\p{Nd}") : isolated("\\p{Nd}+");
            case "Punctuation" -> split(FilePattern.regex("[\\p{Punct}\\p{IsPunctuation}]"), behaviour(json), false);
            case "Whitespace" -> kept("\\w+|[^\\w\\s]+");
            case "WhitespaceSplit" -> kept("\\S+");
            case "BertPreTokenizer" -> kept("[\\p{Punct}\\p{IsPunctuation}]|[^\\s\\p{Punct}\\p{IsPunctuation}]+");
            default -> words -> words;
        };
    }

    private static PreTokenizer sequence(JsonNode steps) {
        List<PreTokenizer> known = new ArrayList<>();
        for (JsonNode step : steps) {
            if (known.size() < Normaliser.STEPS_LIMIT) {
                known.add(of(step));
            }
        }
        return words -> {
            List<String> split = words;
            for (PreTokenizer step : known) {
                split = step.split(split);
            }
            return split;
        };
    }

    private static PreTokenizer byteLevel(JsonNode json) {
        boolean addPrefixSpace = json.path("add_prefix_space").asBoolean(true);
        PreTokenizer split = json.path("use_regex").asBoolean(true) ? isolated(BYTE_LEVEL_WORDS) : words -> words;
        return words -> each(
                split.split(each(words, word -> addPrefixSpace && !word.startsWith(" ") ? " " + word : word)),
                ByteAlphabet::write);
    }

    private static PreTokenizer metaspace(JsonNode json) {
        String mark = json.path("replacement").asText("\u2581");
        boolean prepend = json.has("prepend_scheme")
                ? !json.path("prepend_scheme").asText().equals("never")
                : json.path("add_prefix_space").asBoolean(true);
        PreTokenizer split = json.path("split").asBoolean(true)
                ? split(FilePattern.regex(Pattern.quote(mark)), SplitBehaviour.MERGED_WITH_NEXT, false)
                : words -> words;
        return words -> split.split(each(words, word -> {
            String marked = word.replace(" ", mark);
            return prepend && !marked.startsWith(mark) ? mark + marked : marked;
        }));
    }

    private static SplitBehaviour behaviour(JsonNode json) {
        return SplitBehaviour.named(json.path("behavior").asText("Isolated"));
    }

    private static PreTokenizer isolated(String regex) {
        return split(FilePattern.regex(regex), SplitBehaviour.ISOLATED, false);
    }

    /** Keeps what matches and drops what lies between. */
    private static PreTokenizer kept(String regex) {
        return split(FilePattern.regex(regex), SplitBehaviour.REMOVED, true);
    }

    private static PreTokenizer split(FilePattern pattern, SplitBehaviour behaviour, boolean invert) {
        return words -> {
            var parts = new ArrayList<String>();
            words.forEach(word -> parts.addAll(behaviour.split(Segment.of(word, pattern.matches(word), invert))));
            return parts;
        };
    }

    private static List<String> each(List<String> words, UnaryOperator<String> change) {
        return words.stream().map(change).toList();
    }
}
