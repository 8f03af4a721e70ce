package dev.flowguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final Labels ORDERS = Labels.of(Map.of("tier", "backend", "app", "orders"));

    @Test
    void areOrderedByKey() {
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("tier", "backend");
        backwards.put("app", "orders");
        assertThat(Labels.of(backwards))
                .isEqualTo(ORDERS)
                .hasSameHashCodeAs(ORDERS)
                .hasToString("app=orders,tier=backend");
    }

    @Test
    void knowTheirValues() {
        assertThat(ORDERS.get("app")).isEqualTo("orders");
        assertThat(ORDERS.get("orders")).isNull();
        assertThat(ORDERS.has("tier")).isTrue();
        assertThat(ORDERS.has("backend")).as("a value is not a key").isFalse();
        assertThat(Labels.of(Map.of("empty", "")).has("empty")).isTrue();
    }

    @Test
    void areEmptyOrNot() {
        assertThat(Labels.of(Map.of())).isSameAs(Labels.NONE);
        assertThat(Labels.NONE.isEmpty()).isTrue();
        assertThat(ORDERS.isEmpty()).isFalse();
        assertThat(Labels.NONE).hasToString("").isNotEqualTo(ORDERS);
    }

    @Test
    void areOverwrittenByOthersPutOverThem() {
        assertThat(ORDERS.with(Labels.of(Map.of("tier", "frontend", "canary", ""))))
                .hasToString("app=orders,canary=,tier=frontend");
        assertThat(ORDERS.with(Labels.NONE)).isSameAs(ORDERS);
        assertThat(Labels.NONE.with(ORDERS)).isEqualTo(ORDERS);
        assertThat(ORDERS).hasToString("app=orders,tier=backend");
    }

    @Test
    void canBeKeptByKey() {
        assertThat(ORDERS.keeping("app"::equals)).isEqualTo(Labels.of(Map.of("app", "orders")));
        assertThat(ORDERS.keeping(key -> false)).isEqualTo(Labels.NONE);
        assertThat(ORDERS.keeping(key -> true)).isSameAs(ORDERS);
    }

    @Test
    void behaveAsTheMapTheyWereMadeFrom() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            Map<String, String> one = random(random);
            Map<String, String> other = random(random);
            Map<String, String> both = new HashMap<>(one);
            both.putAll(other);
            assertThat(Labels.of(one).asMap()).isEqualTo(new TreeMap<>(one));
            assertThat(Labels.of(one).with(Labels.of(other))).isEqualTo(Labels.of(both));
            assertThat(Labels.of(one).equals(Labels.of(other))).isEqualTo(one.equals(other));
            one.forEach((key, value) -> assertThat(Labels.of(one).get(key)).isEqualTo(value));
        }
    }

    private static Map<String, String> random(Random random) {
        Map<String, String> labels = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            labels.put("k" + random.nextInt(4), "v" + random.nextInt(3));
        }
        return labels;
    }
}
