package dev.flowguard.admission.declaration;

import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.otherPolicy;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.Requests;
import dev.flowguard.admission.decision.FakeClusterState;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.TestCluster;
import io.fabric8.kubernetes.api.model.GroupVersionKind;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The opinion on a declaration")
class DeclarationCheckTest {
    private static final String CONTRACT = """
        apiVersion: flowguard.dev/v1alpha1
        kind: FlowContract
        metadata: {name: orders, namespace: shop}
        spec:
          flows:
          - name: checkout-calls-orders
            from: {podSelector: {matchLabels: {app: checkout}}}
            to: {service: {name: orders}}
        """;

    private static final String TYPO = CONTRACT.replace("app: checkout", "app: chekout");

    private static final String DEPLOYMENT = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: checkout
          namespace: shop
          annotations: {flowguard.dev/egress-to: service orders port 80}
        spec:
          selector: {matchLabels: {app: checkout}}
          template:
            metadata: {labels: {app: checkout}}
            spec: {containers: [{name: checkout, image: checkout}]}
        """;

    private static final TestCluster SHOP = TestCluster.with(
            namespace("kube-system", "team=platform"),
            namespace("shop", "team=shop"),
            pods("shop", "app=checkout"),
            pods("shop", "app=orders").port("http", 8080),
            service("shop/orders").selects("app=orders").port(80, 8080));

    private static final Part CLOSED =
            policy("shop/orders").selects("app=orders").isolatesIngress();

    @Test
    @DisplayName("has nothing to say about flows that hold")
    void sound() {
        Opinion opinion = opinion(SHOP, Declarations.created(CONTRACT));
        assertThat(opinion.outcome()).isEqualTo(Opinion.Outcome.SOUND);
        assertThat(opinion.said().warnings()).isEmpty();
        assertThat(opinion.said().audit())
                .containsEntry("decision", "admit")
                .containsEntry("reason", "declaration-sound")
                .containsEntry("problems", "0")
                .containsEntry("snapshot-age", "7ms");
    }

    @Test
    @DisplayName("counts its problems in the audit log")
    void audited() {
        assertThat(opinion(SHOP, Declarations.created(TYPO)).said().audit())
                .containsEntry("decision", "admit")
                .containsEntry("reason", "declaration-questionable")
                .containsEntry("problems", "1");
    }

    @Test
    @DisplayName("is about the contract as it will be, not as the cluster knows it")
    void updated() {
        TestCluster withTypo =
                SHOP.and(contract("shop/orders", flow("checkout-calls-orders").from("shop", "app=chekout")));
        assertThat(warnings(withTypo, Declarations.updated(TYPO, CONTRACT))).isEmpty();
        assertThat(warnings(withTypo, Declarations.updated(CONTRACT, TYPO))).hasSize(1);
    }

    @Test
    @DisplayName("is about this contract alone, whatever is wrong with others")
    void others() {
        TestCluster withAnother = SHOP.and(contract("shop/another", flow("f").from("shop", "app=nobody")));
        assertThat(warnings(withAnother, Declarations.created(CONTRACT))).isEmpty();
    }

    @Test
    @DisplayName("names the policy by which a flow is already blocked, the narrowest first")
    void blocked() {
        TestCluster closed = SHOP.and(CLOSED, policy("shop/a-default-deny").isolatesIngress());
        assertThat(warnings(closed, Declarations.created(CONTRACT)))
                .containsExactly("flow checkout-calls-orders: already blocked: checkout -> orders:8080/TCP,"
                        + " on ingress by orders and 1 more");
    }

    @Test
    @DisplayName("sees an annotated object with the labels that it comes with")
    void ownLabels() {
        TestCluster closed =
                SHOP.and(policy("shop/returns").selects("app=returns").isolatesEgress());
        String returns = DEPLOYMENT.replace("app: checkout", "app: returns");
        assertThat(warnings(closed, Declarations.created(DEPLOYMENT))).isEmpty();
        assertThat(warnings(closed, Declarations.updated(DEPLOYMENT, returns)))
                .singleElement()
                .asString()
                .startsWith("egress-to \"service orders port 80\": already blocked: checkout -> orders:8080/TCP");
    }

    @Test
    @DisplayName("tells once that nothing is enforced here")
    void unenforced() {
        assertThat(warnings(SHOP.on("flannel"), Declarations.created(CONTRACT)))
                .containsExactly(
                        "the network plugin (flannel) enforces no policies, so nothing protects or blocks these flows");
    }

    @Test
    @DisplayName("tells in one line that some flows cannot be judged")
    void undetermined() {
        TestCluster unclear = SHOP.and(otherPolicy("CiliumNetworkPolicy.cilium.io", "shop", "theirs"));
        Opinion opinion = opinion(unclear, Declarations.created(CONTRACT));
        assertThat(opinion.problems()).isEmpty();
        assertThat(opinion.remarks())
                .singleElement()
                .asString()
                .startsWith("cannot tell about 1 flow: other policies concern it");
    }

    @Test
    @DisplayName("is about spelling alone while the cluster is not known")
    void notReady() {
        String unknown = "Flowguard does not know the state of the cluster yet: only the spelling was checked";
        DeclarationCheck check = new DeclarationCheck(FakeClusterState.knowingNothing());
        Opinion sound = check.check(DeclarationMapping.map(Declarations.created(CONTRACT)));
        assertThat(sound.outcome()).isEqualTo(Opinion.Outcome.NOT_READY);
        assertThat(sound.said().warnings()).containsExactly(unknown);
        assertThat(check.check(DeclarationMapping.map(
                                Declarations.created(DEPLOYMENT.replace("service orders", "servic orders"))))
                        .said()
                        .warnings())
                .hasSize(2)
                .endsWith(unknown);
    }

    @Test
    @DisplayName("is none on what declares nothing, is on its way out, or is not for us")
    void none() {
        String plain = DEPLOYMENT.replace("flowguard.dev/egress-to", "example.com/egress-to");
        assertThat(outcome(Declarations.created(plain))).isEqualTo(Opinion.Outcome.DECLARES_NOTHING);
        assertThat(outcome(Declarations.deleted(CONTRACT))).isEqualTo(Opinion.Outcome.REMOVED);
        String leaving = TYPO.replace("{name:", "{deletionTimestamp: \"2026-01-01T00:00:00Z\", name:");
        assertThat(outcome(Declarations.updated(TYPO, leaving))).isEqualTo(Opinion.Outcome.BEING_FINALIZED);
        AdmissionRequest status = Declarations.updated(TYPO, TYPO);
        status.setSubResource("status");
        AdmissionRequest connect = Declarations.created(TYPO);
        connect.setOperation("CONNECT");
        AdmissionRequest other = Declarations.created(TYPO);
        other.setKind(new GroupVersionKind("networking.k8s.io", "NetworkPolicy", "v1"));
        AdmissionRequest nothing = Requests.request();
        assertThat(Stream.of(status, connect, other, nothing).map(DeclarationCheckTest::outcome))
                .containsOnly(Opinion.Outcome.NOT_CONCERNED);
    }

    @Test
    @DisplayName("of an object that the API server refuses is only that")
    void invalid() {
        String invalid =
                DEPLOYMENT.replace("metadata: {labels: {app: checkout}}", "metadata: {labels: {app: \"a b\"}}");
        Opinion opinion = opinion(SHOP, Declarations.created(invalid));
        assertThat(opinion.outcome()).isEqualTo(Opinion.Outcome.INVALID_OBJECT);
        assertThat(opinion.said().warnings())
                .singleElement()
                .asString()
                .startsWith("not checked, the API server refuses it: spec.template.metadata.labels");
        AdmissionRequest without = Declarations.created(CONTRACT);
        without.setObject(null);
        assertThat(warnings(SHOP, without))
                .containsExactly(
                        "not checked, the API server refuses it: object: expected an object of kind FlowContract");
    }

    @Test
    @DisplayName("takes the namespace from the request where the object does not name it")
    void namespaceOfTheRequest() {
        AdmissionRequest request = Declarations.created(TYPO.replace(", namespace: shop", ""));
        request.setNamespace("shop");
        assertThat(warnings(SHOP, request)).singleElement().asString().contains("no pod in shop has app=chekout");
    }

    @Test
    @DisplayName("keeps every warning within 120 characters, and what was meant in sight")
    void shortEnough() {
        String name = "a-flow-whose-author-likes-to-be-precise-about-what-it-is-for";
        assertThat(warnings(SHOP, Declarations.created(TYPO.replace("checkout-calls-orders", name))))
                .containsExactly("a-flow-whose-author-lik…, from: no pod in shop has app=chekout; did you mean"
                        + " app=checkout?");
        assertThat(warnings(SHOP, Declarations.created(DEPLOYMENT.replace("/egress-to", "/an-egress-to"))))
                .allSatisfy(warning -> assertThat(warning).hasSizeLessThanOrEqualTo(120));
    }

    private static Opinion.Outcome outcome(AdmissionRequest request) {
        Opinion opinion = opinion(SHOP, request);
        assertThat(opinion.said().warnings()).isEmpty();
        return opinion.outcome();
    }

    private static List<String> warnings(TestCluster cluster, AdmissionRequest request) {
        return opinion(cluster, request).said().warnings();
    }

    private static Opinion opinion(TestCluster cluster, AdmissionRequest request) {
        return new DeclarationCheck(FakeClusterState.knowing(cluster.snapshot()))
                .check(DeclarationMapping.map(request));
    }
}
