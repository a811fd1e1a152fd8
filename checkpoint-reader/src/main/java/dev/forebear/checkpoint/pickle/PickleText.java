package dev.forebear.checkpoint.pickle;

import dev.forebear.checkpoint.pickle.PickleValue.Decimal;
import dev.forebear.checkpoint.pickle.PickleValue.Large;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Truth;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and strings as protocol 0 writes them, in lines of text. */
final class PickleText {

    private static final int DIGITS_LIMIT = 1_000;
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U00([01][0-9a-fA-F]{5})|(.))");

    private PickleText() {}

    /**
     * {@code 00} and {@code 01} are truth values.
     *
     * @throws NumberFormatException when it is no integer, or one of absurd length
     */
    static PickleValue integer(String line) {
        return switch (line) {
            case "00" -> Truth.FALSE;
            case "01" -> Truth.TRUE;
            default -> number(line);
        };
    }

    /** @throws NumberFormatException when it is no integer, or one of absurd length */
    static PickleValue longInteger(String line) {
        return number(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
    }

    private static PickleValue number(String digits) {
        if (digits.length() > DIGITS_LIMIT) {
            throw new NumberFormatException(digits.length() + " digits");
        }
        return of(new BigInteger(digits));
    }

    static PickleValue of(BigInteger value) {
        return value.bitLength() < Long.SIZE ? new Whole(value.longValue()) : new Large(value);
    }

    /** @throws NumberFormatException when it is no number */
    static PickleValue decimal(String line) {
        return switch (line) {
            case "inf" -> new Decimal(Double.POSITIVE_INFINITY);
            case "-inf" -> new Decimal(Double.NEGATIVE_INFINITY);
            case "nan" -> new Decimal(Double.NaN);
            default -> new Decimal(Double.parseDouble(line));
        };
    }

    /** A string as Python's {@code repr} writes it, in quotes. */
    static Text quoted(String line) {
        String trimmed = line.strip();
        boolean inQuotes = trimmed.length() >= 2 && "'\"".indexOf(trimmed.charAt(0)) >= 0;
        return new Text(unescaped(inQuotes ? trimmed.substring(1, trimmed.length() - 1) : trimmed, true));
    }

    /** A string in which only characters beyond Latin-1 and line ends are escaped. */
    static Text rawUnicode(String line) {
        return new Text(unescaped(line, false));
    }

    private static String unescaped(String text, boolean all) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder();
        Matcher escape = ESCAPE.matcher(text);
        while (escape.find()) {
            escape.appendReplacement(plain, Matcher.quoteReplacement(character(escape, all)));
        }
        return escape.appendTail(plain).toString();
    }

    private static String character(Matcher escape, boolean all) {
        for (int group = 1; group <= 3; group++) {
            String code = escape.group(group);
            if (code != null && (all || group > 1)) {
                return Character.toString(Math.min(Integer.parseInt(code, 16), Character.MAX_CODE_POINT));
            }
        }
        String letter = escape.group(4);
        if (!all || letter == null) {
            return escape.group();
        }
        return switch (letter) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            default -> letter;
        };
    }
}
