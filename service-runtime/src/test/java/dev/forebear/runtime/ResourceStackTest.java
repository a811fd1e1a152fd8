package dev.forebear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceStackTest {

    @Test
    void closesInReverseAndOnlyOnce() {
        List<String> closed = new ArrayList<>();
        var stack = new ResourceStack();
        stack.add(() -> closed.add("first"));
        stack.add(() -> closed.add("second"));

        stack.close();
        stack.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void closesTheRestWhenOneFails() {
        List<String> closed = new ArrayList<>();
        var stack = new ResourceStack();
        stack.add(() -> closed.add("first"));
        stack.add(() -> {
            throw new IOException("disk is gone");
        });

        assertThatThrownBy(stack::close).hasMessage("could not close: disk is gone");
        assertThat(closed).containsExactly("first");
    }
}
