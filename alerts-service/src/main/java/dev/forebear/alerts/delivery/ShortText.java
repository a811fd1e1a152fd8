package dev.forebear.alerts.delivery;

/** Cuts texts to what a channel takes. */
final class ShortText {

    private ShortText() {}

    /**
     * At most so many characters; what is cut ends in an ellipsis and never in half a character.
     *
     * @param most at least 1
     */
    static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
