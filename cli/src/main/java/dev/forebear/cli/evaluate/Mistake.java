package dev.forebear.cli.evaluate;

/**
 * Something that the product said and that is not so.
 *
 * @param measure what it counts against
 * @param first id of a model; of parent and child, the child
 * @param second id of the other
 * @param expected what is true
 * @param found what was said
 * @param evidence one line: what that rested on
 */
record Mistake(Measure measure, String first, String second, String expected, String found, String evidence) {

    /** What a mistake counts against. */
    enum Measure {
        FALSE_ACCUSATION("false accusation"),
        FALSE_SHARED_INITIALISATION("false shared initialisation"),
        AMBIGUOUS_CALLED_DERIVED("ambiguous called derived"),
        RELATED_MISSED("relative missed"),
        KIND("kind"),
        DIRECTION("direction"),
        SIBLING_DIRECTION("direction between siblings"),
        PARENTS("parents"),
        MERGE_WEIGHT("merge weight");

        private final String words;

        Measure(String words) {
            this.words = words;
        }

        /** As people read it. */
        String words() {
            return words;
        }
    }
}
