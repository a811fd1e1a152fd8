package dev.forebear.checkpoint.tokenizer;

import dev.forebear.checkpoint.tokenizer.TokenizerFile.Merge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Byte-pair encoding: characters, merged in the order of the merges until none applies. */
final class BpeEncoder implements WordEncoder {

    private final Vocabulary vocabulary;
    private final Map<Merge, Integer> ranks;
    private final String continuingPrefix;
    private final String endSuffix;
    private final boolean wholeWordsFirst;

    private BpeEncoder(TokenizerFile file, Map<Merge, Integer> ranks) {
        this.vocabulary = Vocabulary.of(file);
        this.ranks = ranks;
        this.continuingPrefix = file.options().path("continuing_subword_prefix").asText("");
        this.endSuffix = file.options().path("end_of_word_suffix").asText("");
        this.wholeWordsFirst = file.options().path("ignore_merges").asBoolean();
    }

    static BpeEncoder of(TokenizerFile file) {
        var ranks = new HashMap<Merge, Integer>();
        for (Merge merge : file.merges()) {
            ranks.putIfAbsent(merge, ranks.size());
        }
        return new BpeEncoder(file, ranks);
    }

    @Override
    public void encode(String word, List<Integer> ids) {
        Integer whole = wholeWordsFirst ? vocabulary.id(word) : null;
        if (whole != null) {
            ids.add(whole);
            return;
        }
        List<String> symbols = symbols(word);
        for (Integer at = bestMerge(symbols); at != null; at = bestMerge(symbols)) {
            String right = symbols.remove(at + 1);
            symbols.set(at, symbols.get(at) + right.substring(continuation(right)));
        }
        boolean afterUnknown = false;
        for (String symbol : symbols) {
            Integer id = vocabulary.id(symbol);
            if (id != null) {
                ids.add(id);
            } else {
                vocabulary.appendUnknown(symbol, afterUnknown, ids);
            }
            afterUnknown = id == null;
        }
    }

    private List<String> symbols(String word) {
        var symbols = new ArrayList<String>();
        word.codePoints().forEach(character -> {
            String prefix = symbols.isEmpty() ? "" : continuingPrefix;
            symbols.add(prefix + Character.toString(character));
        });
        if (!symbols.isEmpty()) {
            symbols.addLast(symbols.removeLast() + endSuffix);
        }
        return symbols;
    }

    private @Nullable Integer bestMerge(List<String> symbols) {
        Integer best = null;
        int bestRank = Integer.MAX_VALUE;
        for (int i = 0; i + 1 < symbols.size(); i++) {
            Integer rank = ranks.get(new Merge(symbols.get(i), symbols.get(i + 1)));
            if (rank != null && rank < bestRank) {
                best = i;
                bestRank = rank;
            }
        }
        return best;
    }

    private int continuation(String symbol) {
        return symbol.startsWith(continuingPrefix) ? continuingPrefix.length() : 0;
    }
}
