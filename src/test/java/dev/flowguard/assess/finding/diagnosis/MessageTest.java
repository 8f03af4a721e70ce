package dev.flowguard.assess.finding.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void takesTheFullestSummaryThatFits() {
        assertThat(Message.of("id", "policy", List.of("x".repeat(108), "short")))
                .isEqualTo("id: policy: " + "x".repeat(108))
                .hasSize(Finding.LONGEST_MESSAGE);
        assertThat(Message.of("id", "policy", List.of("x".repeat(117), "short")))
                .isEqualTo("id: policy: short");
    }

    @Test
    void leavesOutTheNameOfThePolicyFirst() {
        assertThat(Message.of("id", "policy", List.of("x".repeat(116), "short")))
                .isEqualTo("id: " + "x".repeat(116))
                .hasSize(Finding.LONGEST_MESSAGE);
    }

    @Test
    void atLastCutsTheShortestSummary() {
        assertThat(Message.of("id", "policy", List.of("x".repeat(140), "y".repeat(117))))
                .isEqualTo("id: " + "y".repeat(115) + "…")
                .hasSize(Finding.LONGEST_MESSAGE);
    }

    @Test
    void shortensNamesInTheirMiddle() {
        assertThat(Message.shortened("allow-storefront-v1", 10))
                .isEqualTo("allow…t-v1")
                .hasSize(10);
        assertThat(Message.shortened("allow-storefront-v1", 9))
                .isEqualTo("allo…t-v1")
                .hasSize(9);
        assertThat(Message.shortened("orders", 6)).isEqualTo("orders");
    }
}
