package dev.forebear.checkpoint.tokenizer;

/**
 * A token that was put beside the vocabulary of the model and is cut out of a text before anything else.
 *
 * @param content its text, as it stands
 * @param special whether the tokenizer flags it as special
 * @param singleWord whether it counts only between characters that are no letters or digits
 */
record AddedToken(int id, String content, boolean special, boolean singleWord) {

    boolean isAt(int position, String text) {
        if (content.isEmpty() || !text.startsWith(content, position)) {
            return false;
        }
        int end = position + content.length();
        return !singleWord
                || (position == 0 || !isWord(text.codePointBefore(position)))
                        && (end == text.length() || !isWord(text.codePointAt(end)));
    }

    private static boolean isWord(int character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }
}
