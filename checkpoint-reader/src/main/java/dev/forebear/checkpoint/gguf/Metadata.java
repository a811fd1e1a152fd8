package dev.forebear.checkpoint.gguf;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key-value pairs of a GGUF header; what is of another type than asked for counts as absent. */
record Metadata(Map<String, Value> values) {

    /** A value by its kind; numbers of all widths are doubles, exact up to 53 bits. */
    sealed interface Value {

        record Text(String text) implements Value {}

        record Number(double value) implements Value {}

        record Truth(boolean value) implements Value {}

        record Texts(List<String> texts) implements Value {}

        record Numbers(double[] values) implements Value {}
    }

    Metadata {
        values = Map.copyOf(values);
    }

    @Nullable
    String text(String key) {
        return values.get(key) instanceof Value.Text text ? text.text() : null;
    }

    /** A whole number of 31 bits. */
    @Nullable
    Integer integer(String key) {
        return values.get(key) instanceof Value.Number number
                        && number.value() == Math.rint(number.value())
                        && Math.abs(number.value()) <= Integer.MAX_VALUE
                ? Integer.valueOf((int) number.value())
                : null;
    }

    @Nullable
    Double number(String key) {
        return values.get(key) instanceof Value.Number number ? Double.valueOf(number.value()) : null;
    }

    /** Empty when absent. */
    List<String> texts(String key) {
        return values.get(key) instanceof Value.Texts texts ? texts.texts() : List.of();
    }

    /** Empty when absent. */
    double[] numbers(String key) {
        return values.get(key) instanceof Value.Numbers numbers ? numbers.values() : new double[0];
    }
}
