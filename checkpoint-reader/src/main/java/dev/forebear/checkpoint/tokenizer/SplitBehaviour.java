package dev.forebear.checkpoint.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** What becomes of the delimiters between words. */
enum SplitBehaviour {
    REMOVED,
    ISOLATED,
    MERGED_WITH_PREVIOUS,
    MERGED_WITH_NEXT,
    CONTIGUOUS;

    static SplitBehaviour named(String name) {
        return switch (name) {
            case "Removed" -> REMOVED;
            case "MergedWithPrevious" -> MERGED_WITH_PREVIOUS;
            case "MergedWithNext" -> MERGED_WITH_NEXT;
            case "Contiguous" -> CONTIGUOUS;
            default -> ISOLATED;
        };
    }

    List<String> split(List<Segment> segments) {
        var words = new ArrayList<String>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            Segment before = i == 0 ? null : segments.get(i - 1);
            if (this == REMOVED && segment.delimiter()) {
                continue;
            }
            boolean joins = before != null
                    && switch (this) {
                        case REMOVED, ISOLATED -> false;
                        case MERGED_WITH_PREVIOUS -> segment.delimiter() && !before.delimiter();
                        case MERGED_WITH_NEXT -> !segment.delimiter() && before.delimiter();
                        case CONTIGUOUS -> segment.delimiter() == before.delimiter();
                    };
            if (joins) {
                words.addLast(words.removeLast() + segment.text());
            } else {
                words.add(segment.text());
            }
        }
        return words;
    }
}
