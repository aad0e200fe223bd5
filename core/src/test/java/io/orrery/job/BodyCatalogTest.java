package io.orrery.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.spec.Spec;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyCatalogTest {

    private final BodyCatalog catalog = new BodyCatalog().add("echo", arguments -> context -> arguments);

    @Test
    @Spec("A-019")
    void a_name_and_data_give_a_body_that_does_what_the_factory_said_every_time() throws Exception {
        NamedBody<?> body = catalog.body("echo", Map.of("n", 1));

        assertThat(body.run(null)).isEqualTo(Map.of("n", 1));
        assertThat(body.run(null)).isEqualTo(Map.of("n", 1));
        assertThat(body.name()).isEqualTo("echo");
        assertThat(body.kind()).isEqualTo("echo");
        assertThat(body.describe()).isEmpty();
    }

    @Test
    void arguments_are_copied_deeply_and_keep_their_order() {
        var list = new ArrayList<Object>(List.of("x", 1.5, true));
        var map = new LinkedHashMap<String, Object>();
        map.put("z", list);
        map.put("a", Map.of("k", 1L));

        NamedBody<?> body = catalog.body("echo", map);
        list.clear();
        map.clear();

        assertThat(body.arguments()).hasToString("{z=[x, 1.5, true], a={k=1}}");
        assertThatThrownBy(() -> body.arguments().put("new", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void what_is_not_data_is_refused_with_the_place() {
        assertThatThrownBy(() -> catalog.body("echo", Map.of("a", List.of(1, Map.of("b", new File("/tmp"))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Arguments are text, finite numbers, booleans, or lists and maps of these, but echo.a[1].b is a"
                                + " java.io.File. Pass its text.");
        assertThatThrownBy(() -> catalog.body("echo", Map.of("a", Double.NaN)))
                .hasMessageContaining("echo.a is NaN. Use a finite number.");
        assertThatThrownBy(() -> catalog.body("echo", Map.of("a", Float.NEGATIVE_INFINITY)))
                .hasMessageContaining("-Infinity");
        assertThatThrownBy(() -> catalog.body("echo", Map.of("a", Arrays.asList(1, null))))
                .hasMessageContaining("echo.a[1] is null. Leave it out.");
        assertThatThrownBy(() -> catalog.body("echo", Map.of("a", Map.of(1, 2))))
                .hasMessageContaining("echo.a has the key 1. Use text for keys.");
    }

    @Test
    void names_are_unique_and_known() {
        assertThatThrownBy(() -> catalog.add("echo", arguments -> context -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A name stands for one body, but \"echo\" is taken. Choose another name.");
        assertThatThrownBy(() -> catalog.body("ecko", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A body is found by its name, but there is none named \"ecko\". Known names: echo. Add it to"
                                + " the catalog first.");
        assertThatThrownBy(() -> new BodyCatalog().body("echo", Map.of())).hasMessageContaining("Known names: none.");
    }

    @Test
    @Spec({"A-009", "GB-37"})
    void the_body_that_does_nothing_is_always_the_same() throws Exception {
        assertThat(JobBody.nothing()).isSameAs(JobBody.nothing());
        assertThat(JobBody.nothing().run(null)).isNull();
        assertThat(JobBody.nothing().kind()).isEqualTo("Job");
    }
}
