package dev.forebear.checkpoint.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a pickle holds. Values form a graph, which may be wide, deep, shared and cyclic: whoever walks it must bound the
 * walk. Composite values are equal to themselves only, since comparing their content would be such a walk.
 */
public sealed interface PickleValue {

    /** {@code None}. */
    enum Nothing implements PickleValue {
        NONE
    }

    /** {@code True} or {@code False}. */
    enum Truth implements PickleValue {
        TRUE,
        FALSE;

        static Truth of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    /** An integer of up to 64 bits. */
    record Whole(long value) implements PickleValue {}

    /** A larger integer. */
    record Large(BigInteger value) implements PickleValue {}

    /** A floating-point number. */
    record Decimal(double value) implements PickleValue {}

    /** Text, also where Python 2 wrote bytes. */
    record Text(String value) implements PickleValue {}

    /** Bytes that nothing here needs, passed over. */
    record Binary(long size) implements PickleValue {}

    /** A class or function that the pickle refers to; never looked up. */
    record Name(String module, String name) implements PickleValue {

        /** As Python would write it, with the names that modules have today. */
        public String qualified() {
            return switch (module) {
                case "__builtin__" -> "builtins." + name;
                case "copy_reg" -> "copyreg." + name;
                default -> module + "." + name;
            };
        }
    }

    /** A tuple. */
    final class Tuple implements PickleValue {

        private final List<PickleValue> items;

        Tuple(List<PickleValue> items) {
            this.items = List.copyOf(items);
        }

        public List<PickleValue> items() {
            return items;
        }
    }

    /** A list or a set. */
    final class Sequence implements PickleValue {

        private final List<PickleValue> items = new ArrayList<>(0);

        Sequence() {}

        public List<PickleValue> items() {
            return Collections.unmodifiableList(items);
        }

        void addAll(List<PickleValue> more) {
            items.addAll(more);
        }
    }

    /** A dictionary in the order in which it was filled. A key may occur twice; to Python the last one counts. */
    final class Mapping implements PickleValue {

        private final List<PickleValue> entries = new ArrayList<>(0);

        Mapping() {}

        public int size() {
            return entries.size() / 2;
        }

        public PickleValue key(int index) {
            return entries.get(2 * index);
        }

        public PickleValue value(int index) {
            return entries.get(2 * index + 1);
        }

        void put(PickleValue key, PickleValue value) {
            entries.add(key);
            entries.add(value);
        }
    }

    /** What a permitted function would answer; it was not called. */
    final class Call implements PickleValue {

        private final Name function;
        private final List<PickleValue> arguments;

        public Call(Name function, List<PickleValue> arguments) {
            this.function = function;
            this.arguments = List.copyOf(arguments);
        }

        public Name function() {
            return function;
        }

        public List<PickleValue> arguments() {
            return arguments;
        }
    }

    /** An object that is kept beside the pickle, by what the pickle calls it. */
    final class Persistent implements PickleValue {

        private final PickleValue id;

        Persistent(PickleValue id) {
            this.id = id;
        }

        public PickleValue id() {
            return id;
        }
    }
}
