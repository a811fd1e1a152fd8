package dev.forebear.cli.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of Graphviz's grammar that graphs without subgraphs need: who reads a graph by it learns its edges. */
final class DotLanguage {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(->|[{}\\[\\];,=]|\"(?:\\\\.|[^\"\\\\])*\"|[A-Za-z_][A-Za-z_0-9]*|-?[0-9.]+)");

    private final List<String> tokens = new ArrayList<>();
    private final List<String> edges = new ArrayList<>();
    private int next;

    private DotLanguage(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new AssertionError("no token at: " + text.substring(end));
        }
    }

    /** The edges of a graph, as {@code base -> derived}. */
    static List<String> edges(String text) {
        var dot = new DotLanguage(text);
        dot.graph();
        return dot.edges;
    }

    private void graph() {
        expect("digraph");
        id();
        expect("{");
        while (!peek().equals("}")) {
            statement();
            expect(";");
        }
        expect("}");
        if (next != tokens.size()) {
            throw new AssertionError("after the graph: " + tokens.subList(next, tokens.size()));
        }
    }

    private void statement() {
        String first = id();
        if (peek().equals("=")) {
            expect("=");
            id();
            return;
        }
        if (peek().equals("->")) {
            expect("->");
            edges.add(first + " -> " + id());
        }
        if (peek().equals("[")) {
            attributes();
        }
    }

    private void attributes() {
        expect("[");
        while (!peek().equals("]")) {
            id();
            expect("=");
            id();
            if (peek().equals(",")) {
                expect(",");
            }
        }
        expect("]");
    }

    private String id() {
        String token = peek();
        if (!token.matches("(?s)\".*|[A-Za-z_].*|-?[0-9.]+")) {
            throw new AssertionError("expected an id, found " + token);
        }
        next++;
        return token.startsWith("\"") ? token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1") : token;
    }

    private void expect(String token) {
        if (!peek().equals(token)) {
            throw new AssertionError("expected " + token + ", found " + peek());
        }
        next++;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "the end";
    }
}
