package dev.flowguard.apiserver;

import static dev.flowguard.apiserver.InstalledFlowguard.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In the second that matters, with two API servers, each with a replica of its own")
class TwoApiServersIT extends SecondThatMatters {
    private static final int TIMES = Integer.getInteger("apiserver.times", 10);

    TwoApiServersIT() {
        super(2);
    }

    @Test
    @DisplayName(
            "the last two allows of a flow deleted at the same time, one at each: both may go, and the status says so"
                    + " within a second")
    void atBoth() throws Exception {
        int both = manyTimes(
                "both",
                namespace -> bothDeleted(
                        Tool.serverSide(flowguard().admin(0)),
                        Tool.serverSide(flowguard().admin(1)),
                        namespace));
        System.out.println(
                "2 API servers, a deletion at each at the same time: both admitted in " + both + " of " + TIMES);
    }

    @Test
    @DisplayName(
            "the same one after the other, before the watch has shown the first: the status says so within a second")
    void oneAfterTheOther() throws Exception {
        int both = manyTimes("after", namespace -> {
            boolean first = Tool.serverSide(flowguard().admin(0)).deletePolicies(namespace, "allow-1");
            return Tool.serverSide(flowguard().admin(1)).deletePolicies(namespace, "allow-2") && first;
        });
        System.out.println(
                "2 API servers, a deletion at each, back to back: both admitted in " + both + " of " + TIMES);
    }

    /** Two deletions of which not both should pass. */
    private interface Deletions {
        boolean bothPass(String namespace) throws Exception;
    }

    /** How often both pass; where they do, the contract says so. */
    private int manyTimes(String what, Deletions deletions) throws Exception {
        int both = 0;
        for (int each = 0; each < TIMES; each++) {
            String namespace = what + "-" + each;
            flowguard().shop(namespace);
            allowTwice(namespace);
            if (deletions.bothPass(namespace)) {
                both++;
                within(
                        Duration.ofSeconds(1),
                        () -> assertThat(flowguard()
                                        .admin()
                                        .get("/apis/flowguard.dev/v1alpha1/namespaces/" + namespace
                                                + "/flowcontracts/orders")
                                        .body()
                                        .at("/status/conditions/0/reason")
                                        .asText())
                                .isEqualTo("FlowsBroken"));
            }
        }
        return both;
    }
}
