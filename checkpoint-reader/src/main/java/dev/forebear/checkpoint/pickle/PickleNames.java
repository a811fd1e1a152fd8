package dev.forebear.checkpoint.pickle;

import java.util.Set;

/**
 * The classes and functions that a pickle may name, qualified as {@code module.name}.
 *
 * @param callable those that it may call
 * @param forwarding those of the callable ones that call their first argument, which then must be callable too
 * @param known those that it may refer to
 */
public record PickleNames(Set<String> callable, Set<String> forwarding, Set<String> known) {

    /** For pickles of plain values. */
    public static final PickleNames NONE = new PickleNames(Set.of(), Set.of(), Set.of());

    public PickleNames {
        callable = Set.copyOf(callable);
        forwarding = Set.copyOf(forwarding);
        known = Set.copyOf(known);
    }

    boolean mayCall(PickleValue.Name name) {
        return callable.contains(name.qualified());
    }

    boolean mayRefer(PickleValue.Name name) {
        return mayCall(name) || known.contains(name.qualified());
    }

    boolean forwards(PickleValue.Name name) {
        return forwarding.contains(name.qualified());
    }
}
