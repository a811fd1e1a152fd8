package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON from outside: parsed with limits, read with the name of the field in every complaint.
 *
 * @param path of this node from the root, empty for the root itself
 */
public record Payload(JsonNode node, String path) {

    /** Times beyond are mistakes, and might not fit into a record. */
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT_LENGTH = 1 << 20;
    private static final int MAX_NAME_LENGTH = 4096;
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Parses a body; throws {@link NotUnderstoodException} when it is not exactly one JSON value. */
    public static Payload parse(byte[] body) {
        try {
            return new Payload(JSON.readTree(body), "");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw malformed("expected a JSON body, found an error" + where);
        } catch (IOException e) {
            throw malformed("expected a JSON body, found none");
        }
    }

    /** A field, which may be missing. */
    public Payload at(String field) {
        return new Payload(node.path(field), path.isEmpty() ? field : path + "." + field);
    }

    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** A text that must be there and must not be blank. */
    public String text(String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw malformed(at(field).path + ": expected a text, found " + kind(value));
        }
        return value.textValue();
    }

    /** A text, or null when it is missing, null or empty. */
    public @Nullable String optionalText(String field) {
        return has(field) && !"".equals(node.path(field).textValue()) ? text(field) : null;
    }

    /** True or false, which must be there. */
    public boolean flag(String field) {
        JsonNode value = node.path(field);
        if (!value.isBoolean()) {
            throw malformed(at(field).path + ": expected true or false, found " + kind(value));
        }
        return value.booleanValue();
    }

    /** A text, or a number or truth value as it is written. */
    public String scalar(String field) {
        JsonNode value = node.path(field);
        return value.isNumber() || value.isBoolean() ? value.asText() : text(field);
    }

    /** The first of these fields that is there, as a scalar; the first must be there if no other is. */
    String firstScalar(String... fields) {
        for (String field : fields) {
            if (has(field)) {
                return scalar(field);
            }
        }
        return scalar(fields[0]);
    }

    /** A whole number, which some write as a text; null when it is missing or null. */
    public @Nullable Long optionalNumber(String field) {
        JsonNode value = node.path(field);
        if (!has(field)) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isTextual() && WHOLE_NUMBER.matcher(value.textValue()).matches()) {
            return Long.valueOf(value.textValue());
        }
        throw malformed(at(field).path + ": expected a whole number, found " + kind(value));
    }

    /** An instant in ISO 8601, or the stand-in when it is missing. */
    public Instant instant(String field, Instant otherwise) {
        String text = optionalText(field);
        return text == null ? otherwise : instant(at(field).path, text);
    }

    /**
     * An instant in ISO 8601.
     *
     * @param what it is, for complaints
     */
    static Instant instant(String what, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (isOfOurTime(instant)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Told below, like a time that no record can hold.
        }
        throw malformed(what + ": expected a time such as 2026-11-20T08:00:00Z, found another text");
    }

    /** An instant as a number of seconds or milliseconds since 1970, or the stand-in when it is missing. */
    Instant epoch(String field, TemporalUnit unit, Instant otherwise) {
        Long number = optionalNumber(field);
        if (number == null) {
            return otherwise;
        }
        try {
            Instant instant = Instant.EPOCH.plus(number, unit);
            if (isOfOurTime(instant)) {
                return instant;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Told below.
        }
        throw malformed(at(field).path + ": expected " + unit + " since 1970, found " + number);
    }

    private static boolean isOfOurTime(Instant instant) {
        return !instant.isBefore(Instant.EPOCH) && instant.isBefore(END_OF_TIME);
    }

    /** The elements of a list; none when it is missing. */
    public List<Payload> list(String field) {
        return has(field) ? at(field).elements() : List.of();
    }

    /** The elements of this list. */
    public List<Payload> elements() {
        if (!node.isArray()) {
            throw malformed((path.isEmpty() ? "body" : path) + ": expected a list, found " + kind(node));
        }
        List<Payload> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(new Payload(element, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** One text, or a list of texts; none when it is missing. */
    public List<String> texts(String field) {
        if (!node.path(field).isArray()) {
            String single = optionalText(field);
            return single == null ? List.of() : List.of(single);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node.path(field)) {
            if (!element.isTextual()) {
                throw malformed(at(field).path + ": expected texts, found " + kind(element));
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING -> "nothing";
            case NULL -> "null";
            case STRING -> value.textValue().isBlank() ? "a blank text" : "another text";
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case BINARY -> "bytes";
        };
    }
}
