package dev.flowguard.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Of a line that is too long")
class AdviceTest {
    private static final int MOST = 120;
    private static final String LONG = "a-name-that-goes-on-and-on-".repeat(6);

    @ParameterizedTest(name = "what to do is not cut: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "; did you mean app=checkout?",
                "; use kubernetes.io/metadata.name=shop",
                ": give one of them another priority",
                ": split it into two rules)",
                "; such pods run in namespace data",
            })
    void remedyStays(String remedy) {
        String fitted = Advice.fitted("peer-matches-nothing: no pod has app=" + LONG + remedy, MOST);

        assertThat(fitted)
                .hasSizeLessThanOrEqualTo(MOST)
                .startsWith("peer-matches-nothing: no pod has app=a-name")
                .endsWith("…" + remedy);
    }

    @Test
    @DisplayName("only the remedy is left, where there is no room for more")
    void onlyTheRemedy() {
        String remedy = "apply the other policies of " + "web-".repeat(30);

        assertThat(Advice.fitted("it breaks flows; " + remedy, MOST))
                .startsWith("apply the other")
                .hasSize(MOST);
    }

    @Test
    @DisplayName("the end is cut, where it says no more than why")
    void detailGoes() {
        assertThat(Advice.fitted("breaks web -> orders:8080/TCP: ingress blocked by " + LONG, MOST))
                .startsWith("breaks web -> orders:8080/TCP: ingress blocked by")
                .endsWith("…")
                .hasSizeLessThanOrEqualTo(MOST);
    }

    @Test
    @DisplayName("a rule to add goes on in the next line, word for word")
    void rulesAreWhole() {
        String rule =
                "to keep it, add to NetworkPolicy shop/orders:  ingress: [{from: [{podSelector: {matchLabels: {app: checkout}}}],"
                        + " ports: [{protocol: TCP, port: 8080}, {protocol: TCP, port: 9090}]}]";

        List<String> lines = Advice.lines(rule, MOST);

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(MOST));
        assertThat(String.join(" ", lines)).isEqualTo(rule);
    }
}
