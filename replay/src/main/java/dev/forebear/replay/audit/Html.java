package dev.forebear.replay.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A piece of a page, element by element. Texts and attributes are escaped where they enter, so that no name can become
 * markup; elements are closed in the order in which they were opened.
 */
final class Html {

    private static final Pattern POWER = Pattern.compile("10\\^(\\d{1,3})");

    private final StringBuilder html = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes names and values, in turns */
    Html open(String element, String... attributes) {
        start(element, attributes);
        html.append('>');
        open.push(element);
        return this;
    }

    /** Closes the element that was opened last. */
    Html close() {
        html.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    Html empty(String element, String... attributes) {
        start(element, attributes);
        html.append("/>");
        return this;
    }

    /** An element that holds a text of our own. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** A text of our own, in which 10^78 is set as a power. */
    Html text(String text) {
        return powers(text);
    }

    private Html powers(String text) {
        int end = 0;
        for (MatchResult power : POWER.matcher(text).results().toList()) {
            html.append(escaped(text.substring(end, power.start()))).append("10<sup>");
            html.append(power.group(1)).append("</sup>");
            end = power.end();
        }
        html.append(escaped(text.substring(end)));
        return this;
    }

    /** A text from outside: set apart from the direction of writing around it, with what cannot be seen written out. */
    Html outside(String text) {
        html.append("<bdi>");
        powers(Visible.of(text));
        html.append("</bdi>");
        return this;
    }

    /** A text of several lines from outside; its line breaks remain. */
    Html lines(String text) {
        text.lines()
                .forEach(line -> html.append(escaped(Visible.of(line.replace("\t", "    "))))
                        .append('\n'));
        return this;
    }

    Html add(Html other) {
        html.append(other);
        return this;
    }

    private void start(String element, String... attributes) {
        html.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            html.append(' ').append(attributes[i]).append("=\"");
            html.append(escaped(Visible.of(attributes[i + 1]))).append('"');
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The markup; every element has to be closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return html.toString();
    }
}
