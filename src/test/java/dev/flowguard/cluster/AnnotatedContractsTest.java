package dev.flowguard.cluster;

import static dev.flowguard.testing.Given.annotated;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.owned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DESIGN 8.21: one flow of the topmost owner, however many objects carry its annotation. */
class AnnotatedContractsTest {
    private static final String EGRESS = "flowguard.dev/egress-to";
    private static final Owner DEPLOYMENT = new Owner("Deployment", "web");
    private static final Owner REPLICA_SET = new Owner("ReplicaSet", "web-1");
    private static final Owner POD = new Owner("Pod", "web-1-x");

    private final Part[] rollout = {
        owned("shop", REPLICA_SET, DEPLOYMENT), owned("shop", POD, REPLICA_SET),
    };

    private static FlowPart toDns(String kind, String object) {
        return flow("dns").from(FlowPart.ownedBy(kind, object)).to(FlowPart.clusterDns());
    }

    @Test
    @DisplayName(
            "a template's flow, seen again on the ReplicaSet and the Pods made from it, is one flow of the Deployment")
    void once() {
        Snapshot snapshot = TestCluster.with(rollout)
                .and(
                        annotated("Pod", "shop/web-1-x", EGRESS, toDns("Pod", "shop/web-1-x")),
                        annotated("ReplicaSet", "shop/web-1", EGRESS, toDns("ReplicaSet", "shop/web-1")),
                        annotated("Deployment", "shop/web", EGRESS, toDns("Deployment", "shop/web")))
                .snapshot();
        assertThat(snapshot.flows())
                .extracting(DeclaredFlow::toString)
                .containsExactly("Deployment shop/web, annotation " + EGRESS + ", flow dns");
        assertThat(snapshot.flows().get(0).flow().from()).isEqualTo(FlowPart.ownedBy("Deployment", "shop/web"));
    }

    @Test
    @DisplayName("a flow that only the pods of an older revision declare stays in force while they live")
    void olderRevision() {
        Snapshot snapshot = TestCluster.with(rollout)
                .and(
                        annotated(
                                "Pod",
                                "shop/web-1-x",
                                EGRESS,
                                toDns("Pod", "shop/web-1-x"),
                                flow("api")
                                        .from(FlowPart.ownedBy("Pod", "shop/web-1-x"))
                                        .to(FlowPart.kubernetesApi())),
                        annotated("Deployment", "shop/web", EGRESS, toDns("Deployment", "shop/web")))
                .snapshot();
        assertThat(snapshot.flows())
                .extracting(declared -> declared.flow().name())
                .containsExactly("dns", "api");
        assertThat(snapshot.flows())
                .extracting(declared -> declared.contract().source().object())
                .containsOnly(new ObjectRef("Deployment", "shop", "web"));
    }

    @Test
    @DisplayName("other annotations, other owners and contract resources keep their flows, of equal names too")
    void others() {
        Snapshot snapshot = TestCluster.with(rollout)
                .and(
                        annotated("Deployment", "shop/web", EGRESS, toDns("Deployment", "shop/web")),
                        annotated(
                                "Deployment",
                                "shop/web",
                                "flowguard.dev/ingress-from",
                                toDns("Deployment", "shop/web")),
                        annotated("Deployment", "shop/api", EGRESS, toDns("Deployment", "shop/api")),
                        contract("shop/c", flow("dns").to(FlowPart.clusterDns())),
                        contract("shop/d", flow("dns").to(FlowPart.clusterDns())))
                .snapshot();
        assertThat(snapshot.flows()).hasSize(5);
    }

    @Test
    @DisplayName("an owner of the same name in another namespace is another")
    void otherNamespace() {
        Snapshot snapshot = TestCluster.with(rollout)
                .and(contract(
                        "shop/c",
                        flow("f")
                                .from(FlowPart.ownedBy("ReplicaSet", "other/web-1"))
                                .to(FlowPart.clusterDns())))
                .snapshot();
        assertThat(snapshot.flows().get(0).flow().from()).isEqualTo(FlowPart.ownedBy("ReplicaSet", "other/web-1"));
    }

    @Test
    @DisplayName("mistakes in an annotation are told once, and what the owner itself says counts first")
    void problemsOnce() {
        Snapshot snapshot = TestCluster.with(rollout)
                .and(
                        mistaken(POD, Enforcement.WARN, "older text"),
                        mistaken(DEPLOYMENT, Enforcement.AUDIT, "newer text"))
                .snapshot();
        assertThat(snapshot.contracts()).singleElement().satisfies(contract -> {
            assertThat(contract.enforcement()).isEqualTo(Enforcement.AUDIT);
            assertThat(contract.problems()).extracting(ContractProblem::message).containsExactly("newer text");
        });
    }

    private static Part mistaken(Owner owner, Enforcement enforcement, String message) {
        ObjectRef object = new ObjectRef(owner.kind(), "shop", owner.name());
        List<Flow> none = List.of();
        return Part.of(
                object,
                new Fact.Declared(new Contract(
                        new ContractSource(object, EGRESS),
                        enforcement,
                        none,
                        List.of(new ContractProblem("column 1", message)))));
    }
}
