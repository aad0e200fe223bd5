package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class TrailTest {

    private final Trail trail = new Trail();

    @BeforeEach
    void leave() {
        trail.add("a");
        trail.add("b");
        trail.add("c");
    }

    @Test
    void equal_lines_pass() {
        trail.assertLines("a", "b", "c").assertLinesInAnyOrder("c", "b", "a").assertOrder("a", "c");
        assertThat(trail.lines()).containsExactly("a", "b", "c");
        trail.clear();
        trail.assertLines();
    }

    @Test
    void the_first_different_line_is_named_and_both_sides_are_shown() {
        assertThatThrownBy(() -> trail.assertLines("a", "x", "c"))
                .isInstanceOfSatisfying(AssertionFailedError.class, e -> {
                    assertThat(e.getExpected().getValue()).isEqualTo("a\nx\nc");
                    assertThat(e.getActual().getValue()).isEqualTo("a\nb\nc");
                })
                .hasMessageStartingWith(
                        "The lines of the trail differ from line 2 on.\n\nExpected:\n    a\n    x\n    c\n");
        assertThatThrownBy(() -> trail.assertLines("a", "b", "c", "d")).hasMessageContaining("from line 4 on");
        assertThatThrownBy(() -> trail.assertLinesInAnyOrder("a")).hasMessageContaining("The sorted lines");
    }

    @Test
    void a_line_that_comes_too_early_is_told_from_one_that_is_missing() {
        assertThatThrownBy(() -> trail.assertOrder("b", "a")).hasMessageContaining("\"a\" comes too early");
        assertThatThrownBy(() -> trail.assertOrder("b", "x")).hasMessageContaining("\"x\" is missing");
    }
}
