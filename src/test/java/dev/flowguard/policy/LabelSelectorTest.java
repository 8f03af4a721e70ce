package dev.flowguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
    private static final Labels ORDERS = Labels.of(Map.of("app", "orders", "tier", "backend", "empty", ""));

    @DisplayName("P9, P10, P11: what a selector matches")
    @ParameterizedTest(name = "{0} matches app=orders,empty=,tier=backend: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                          | true
            app=orders                  | true
            app=cart                    | false
            app in (cart,orders)        | true
            app in (cart,checkout)      | false
            app!=cart                   | true
            app!=orders                 | false
            app notin (cart,orders)     | false
            app                         | true
            !app                        | false
            missing                     | false
            !missing                    | true
            missing=a                   | false
            missing=                    | false
            missing in (a,b)            | false
            missing!=a                  | true
            missing!=                   | true
            missing notin (a,b)         | true
            empty=                      | true
            empty                       | true
            empty!=                     | false
            app=orders,tier=backend     | true
            app=orders,tier=frontend    | false
            app=orders,!missing,tier    | true
            app=orders,app=cart         | false
            App=orders                  | false
            """)
    void matches(String selector, boolean expected) {
        assertThat(LabelSelector.parse(selector).matches(ORDERS)).isEqualTo(expected);
    }

    @Test
    @DisplayName("P11: labels and expressions are all required")
    void labelsAndExpressions() {
        LabelSelector selector = new LabelSelector(
                List.of(Requirement.in("app", List.of("orders")), Requirement.doesNotExist("canary")));
        assertThat(selector.matches(ORDERS)).isTrue();
        assertThat(selector.matches(ORDERS.with(Labels.of(Map.of("canary", "")))))
                .isFalse();
        assertThat(selector.keys()).containsExactlyInAnyOrder("app", "canary");
    }

    @DisplayName("P12: In and NotIn have values, Exists and DoesNotExist have none")
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            IN             | 0 | The operator In needs at least one value
            NOT_IN         | 0 | The operator NotIn needs at least one value
            EXISTS         | 1 | The operator Exists takes no values
            DOES_NOT_EXIST | 1 | The operator DoesNotExist takes no values
            """)
    void operatorsAndValues(Requirement.Operator operator, int values, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Requirement("app", operator, List.of("a").subList(0, values)))
                .withMessage(message);
    }

    @Test
    @DisplayName("I17, I19: the empty selector selects everything")
    void everything() {
        assertThat(LabelSelector.EVERYTHING.selectsEverything()).isTrue();
        assertThat(LabelSelector.ofLabels(Map.of())).isEqualTo(LabelSelector.EVERYTHING);
        assertThat(LabelSelector.EVERYTHING).hasToString("");
        assertThat(LabelSelector.EVERYTHING.matches(Labels.NONE)).isTrue();
        assertThat(LabelSelector.parse("app").selectsEverything()).isFalse();
    }

    @Test
    void isPrintedAsKubectlTakesIt() {
        LabelSelector selector = new LabelSelector(List.of(
                Requirement.in("app", List.of("orders")),
                Requirement.in("tier", List.of("b", "a", "b")),
                Requirement.notIn("env", List.of("dev")),
                Requirement.notIn("zone", List.of("2", "1")),
                Requirement.exists("team"),
                Requirement.doesNotExist("legacy"),
                Requirement.in("empty", List.of(""))));
        assertThat(selector).hasToString("app=orders,tier in (a,b),env!=dev,zone notin (1,2),team,!legacy,empty=");
    }

    @DisplayName("P13: knows whether it leaves one namespace only")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kubernetes.io/metadata.name=shop            | true
            team=a,kubernetes.io/metadata.name in (shop)| true
            kubernetes.io/metadata.name in (shop,cart)  | false
            kubernetes.io/metadata.name!=shop           | false
            kubernetes.io/metadata.name                 | false
            name=shop                                   | false
            ``                                          | false
            """)
    void requires(String selector, boolean expected) {
        assertThat(LabelSelector.parse(selector).requires(LabelSelector.NAMESPACE_NAME, "shop"))
                .isEqualTo(expected);
        assertThat(LabelSelector.namespaceNamed("shop").requires(LabelSelector.NAMESPACE_NAME, "shop"))
                .isTrue();
    }
}
