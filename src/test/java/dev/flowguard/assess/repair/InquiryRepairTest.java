package dev.flowguard.assess.repair;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.otherPolicy;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.trace.Trace;
import dev.flowguard.wording.RepairWording;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what would let asked traffic through")
class InquiryRepairTest {
    private static final TestCluster CLUSTER = TestCluster.with(pods("shop", "app=web"), pods("data", "app=db"));
    private static final Part CLOSED = policy("data/db").selects("app=db").ingress(from("app=backup"), tcp(5432));
    private static final Flow ASKED = webToDb(5432);

    @Test
    @DisplayName("a rule of a policy that blocks it")
    void oneSide() {
        assertThat(told(CLOSED))
                .containsExactly(
                        "to let it through, add to NetworkPolicy data/db:  ingress: [{from: [{namespaceSelector:"
                                + " {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app:"
                                + " web}}}], ports: [{protocol: TCP, port: 5432}]}]");
    }

    @Test
    @DisplayName("a rule for each side, in a policy of its own where the policy that blocks it denies everything")
    void bothSides() {
        assertThat(told(CLOSED, policy("shop/deny").isolatesEgress()))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("to let it through, add a NetworkPolicy shop/allow-web-to-db-egress:  spec: ");
    }

    @Test
    @DisplayName("nothing where it gets through, where that cannot be known, and where policies are not enforced")
    void nothingToSay() {
        assertThat(told()).isEmpty();
        assertThat(told(CLOSED, otherPolicy("CiliumNetworkPolicy", "data", "cnp")))
                .isEmpty();
        assertThat(told(CLUSTER.and(CLOSED).on("flannel"))).isEmpty();
    }

    @Test
    @DisplayName("nothing where no rule opens just this: labels do not tell another workload apart")
    void nothingFound() {
        assertThat(told(
                        CLOSED,
                        pods("shop", "app=web").of("StatefulSet", "also-web").port("http", 80)))
                .isEmpty();
    }

    @Test
    @DisplayName("nothing where the flow that stands for the question is about less than was asked")
    void isAboutAllThatWasAsked() {
        Inquiry inquiry = new Inquiry(CLUSTER.and(CLOSED).snapshot());
        assertThat(inquiry.repair(asked(inquiry, CLUSTER), webToDb(5433))).isEmpty();
    }

    @Test
    @DisplayName("a declared flow that must stay blocked forbids rules that open it, and no others")
    void forbidden() {
        TestCluster cluster = CLUSTER.and(
                pods("data", "app=cache"),
                CLOSED,
                policy("data/cache").selects("app=cache").ingress(namespaces("team=none")),
                contract(
                        "data/private",
                        flow("db-is-private")
                                .from("shop", "")
                                .to("data", "app=db")
                                .mustBeBlocked(),
                        flow("cache-is-private")
                                .from("shop", "")
                                .to("data", "app=cache")
                                .mustBeBlocked()));
        Inquiry inquiry = new Inquiry(cluster.snapshot());
        Repair repair = inquiry.repair(asked(inquiry, cluster), ASKED).orElseThrow();
        assertThat(inquiry.forbidding(repair))
                .extracting(flow -> flow.flow().name())
                .containsExactly("db-is-private");
        assertThat(RepairWording.forbidden(inquiry.forbidding(repair)))
                .isEqualTo("it is declared to stay blocked: FlowContract data/private, flow db-is-private");
    }

    private static Flow webToDb(int port) {
        return new Flow(
                "web-to-db",
                Expectation.ALLOWED,
                FlowPart.ownedBy("Deployment", "shop/web"),
                FlowPart.ownedBy("Deployment", "data/db"),
                new FlowPorts.OfPods(List.of(number(Protocol.TCP, port))));
    }

    private static List<String> told(Part... parts) {
        return told(CLUSTER.and(parts));
    }

    private static List<String> told(TestCluster cluster) {
        Inquiry inquiry = new Inquiry(cluster.snapshot());
        Optional<Repair> repair = inquiry.repair(asked(inquiry, cluster), ASKED);
        return repair.map(RepairWording::ofAsked).orElse(List.of());
    }

    private static List<Trace> asked(Inquiry inquiry, TestCluster cluster) {
        return inquiry.straight(
                new Endpoint.Pods(cluster.workload("shop/web")),
                new Endpoint.Pods(cluster.workload("data/db")),
                Protocol.TCP,
                PortRange.of(5432));
    }
}
