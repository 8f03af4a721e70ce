package dev.flowguard.policy.calico;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.policy.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("K28 random selectors")
class RandomSelectorTest {
    private static final int SELECTORS = 20_000;
    private static final List<String> KEYS = List.of("app", "env", "in", "not", "has", "all", "a.b-c_d/e");
    private static final List<String> VALUES = List.of("", "web", "web-1", "db", "a b", "in", "has(app)");

    private final Random random = new Random(20_28);

    /** A selector and what it means, made together and independent of the parser. */
    private record Made(String text, Predicate<Map<String, String>> meaning) {}

    @Test
    @DisplayName("mean what a literal reading of the grammar says")
    void meaning() {
        for (int i = 0; i < SELECTORS; i++) {
            Made made = or(3);
            Map<String, String> labels = labels();
            CalicoSelector parsed = CalicoSelector.parse(made.text());
            assertThat(parsed.matches(Labels.of(labels)))
                    .as("%s of %s", made.text(), labels)
                    .isEqualTo(made.meaning().test(labels));
            assertThat(CalicoSelector.parse(parsed.root().toString()).matches(Labels.of(labels)))
                    .as("%s, spelled anew, of %s", made.text(), labels)
                    .isEqualTo(made.meaning().test(labels));
        }
    }

    private Made or(int depth) {
        List<Made> parts = parts(depth, false);
        return new Made(
                String.join(
                        blank() + "||" + blank(), parts.stream().map(Made::text).toList()),
                labels -> parts.stream().anyMatch(part -> part.meaning().test(labels)));
    }

    private Made and(int depth) {
        List<Made> parts = parts(depth, true);
        return new Made(
                String.join(
                        blank() + "&&" + blank(), parts.stream().map(Made::text).toList()),
                labels -> parts.stream().allMatch(part -> part.meaning().test(labels)));
    }

    private List<Made> parts(int depth, boolean terms) {
        List<Made> parts = new ArrayList<>();
        do {
            parts.add(terms ? term(depth) : and(depth));
        } while (random.nextInt(3) == 0);
        return parts;
    }

    private Made term(int depth) {
        int negations = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
        Made inner = depth > 0 && random.nextInt(4) == 0 ? inParentheses(depth - 1) : test();
        return new Made(
                ("!" + blank()).repeat(negations) + inner.text(),
                labels -> inner.meaning().test(labels) ^ (negations == 1));
    }

    private Made inParentheses(int depth) {
        Made inner = or(depth);
        return new Made("(" + blank() + inner.text() + blank() + ")", inner.meaning());
    }

    private Made test() {
        String key = one(KEYS);
        String value = one(VALUES);
        List<String> values = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            values.add(one(VALUES));
        }
        return switch (random.nextInt(10)) {
            case 0 -> new Made("all(" + blank() + ")", labels -> true);
            case 1 -> new Made("has(" + blank() + key + blank() + ")", labels -> labels.containsKey(key));
            case 2 -> made(key, " contains", quoted(value), found -> found.contains(value), false);
            case 3 ->
                made(
                        key,
                        one(List.of(" starts with", " startswith")),
                        quoted(value),
                        found -> found.startsWith(value),
                        false);
            case 4 ->
                made(
                        key,
                        one(List.of(" ends with", " ends\twith")),
                        quoted(value),
                        found -> found.endsWith(value),
                        false);
            case 5 -> made(key, blank() + "!=", quoted(value), found -> !found.equals(value), true);
            case 6 -> made(key, " in", set(values), values::contains, false);
            case 7 -> made(key, one(List.of(" not in", " notin")), set(values), found -> !values.contains(found), true);
            default -> made(key, blank() + "==", quoted(value), found -> found.equals(value), false);
        };
    }

    private Made made(String key, String operator, String operand, Predicate<String> ofValue, boolean ifAbsent) {
        return new Made(
                key + operator + blank() + operand,
                labels -> labels.containsKey(key) ? ofValue.test(labels.get(key)) : ifAbsent);
    }

    private String set(List<String> values) {
        return "{"
                + blank()
                + String.join(
                        blank() + "," + blank(),
                        values.stream().map(this::quoted).toList())
                + (!values.isEmpty() && random.nextBoolean() ? "," : "")
                + blank()
                + "}";
    }

    private String quoted(String value) {
        String quote = random.nextBoolean() ? "'" : "\"";
        return quote + value + quote;
    }

    private String blank() {
        return one(List.of("", "", " ", "\t", "  "));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        KEYS.stream().filter(key -> random.nextBoolean()).forEach(key -> labels.put(key, one(VALUES)));
        return labels;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
