package dev.flowguard.feed.live;

import static dev.flowguard.feed.live.ClusterYaml.namespace;
import static dev.flowguard.feed.live.ClusterYaml.pod;
import static dev.flowguard.feed.live.ClusterYaml.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.cilium.CidrGroup;
import dev.flowguard.policy.cilium.CiliumConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Listing a cluster once")
class ClusterListingTest {
    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void aSmallCluster() {
        api.apply(namespace("shop"));
        api.apply(pod("orders-1", "orders", "10.0.0.1"));
        api.apply(pod("orders-2", "orders", "10.0.0.2"));
        api.apply(pod("orders-3", "orders", "10.0.0.3"));
        api.apply(policy("deny-all"));
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    @DisplayName("brings every object, page by page, and says how far it is")
    void pages() throws InterruptedException {
        api.limitPages(2);

        ListedCluster listed = list();

        assertThat(listed.notes()).isEmpty();
        assertThat(listed.gaps()).isEmpty();
        assertThat(listed.observations())
                .extracting(Observation::object)
                .extracting(Object::toString)
                .contains("Namespace shop", "Pod shop/orders-1", "Pod shop/orders-3", "NetworkPolicy shop/deny-all");
        assertThat(progress).containsSubsequence("pods 0", "pods 2", "pods 3");
    }

    @Test
    @DisplayName("watches nothing")
    void listsOnly() throws InterruptedException {
        list();

        assertThat(Resources.ALWAYS).allSatisfy(resource -> {
            assertThat(api.lists(resource)).isEqualTo(1);
            assertThat(api.watches(resource)).isZero();
        });
    }

    @Test
    @DisplayName("keeps policies fit to be applied: without what the API server wrote into them")
    void applicable() throws InterruptedException {
        api.apply("""
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, status: {},
                 metadata: {namespace: shop, name: deny-all, uid: x, managedFields: [], labels: {team: shop},
                   annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}},
                 spec: {podSelector: {}}}
                """);

        assertThat(list().policies().get(new PolicyRef("shop", "deny-all"))).isEqualTo(FakeApiServer.tree("""
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy,
                 metadata: {namespace: shop, name: deny-all, labels: {team: shop}},
                 spec: {podSelector: {}}}
                """));
    }

    @Test
    @DisplayName("what may not be read is a note that names the loss and the remedy")
    void forbidden() throws InterruptedException {
        api.refuse("nodes", 403);

        ListedCluster listed = list();

        assertThat(listed.gaps()).isEmpty();
        assertThat(listed.notes())
                .containsExactly(
                        "nodes cannot be listed: the API server answered 403: refused by the test; grant get and"
                                + " list on nodes. So nodes cannot be told from addresses outside the cluster");
    }

    @Test
    @DisplayName("kinds that are not there are one note for each loss")
    void absent() throws InterruptedException {
        api.refuse("flowcontracts.flowguard.dev", 404);
        api.refuse("clusterflowcontracts.flowguard.dev", 404);

        assertThat(list().notes())
                .containsExactly("the cluster has no flowcontracts.flowguard.dev and no"
                        + " clusterflowcontracts.flowguard.dev. So only annotations declare flows");
    }

    @Test
    @DisplayName("without an essential kind there is a gap, and of the rest only what is essential too is asked for")
    void essential() throws InterruptedException {
        api.refuse("namespaces", 403);
        api.refuse("pods", 403);

        ListedCluster listed = list();

        assertThat(listed.gaps())
                .satisfiesExactly(
                        namespaces -> assertThat(namespaces).contains("grant get and list on namespaces"),
                        pods -> assertThat(pods).contains("grant get and list on pods"));
        assertThat(api.lists(Resources.NETWORK_POLICIES)).isEqualTo(1);
        assertThat(progress).doesNotContain("services 0");
    }

    @Test
    @DisplayName("who is not known to the API server is told so once")
    void unauthorized() throws InterruptedException {
        Resources.ALWAYS.forEach(resource -> api.refuse(resource, 401));

        assertThat(list().gaps())
                .singleElement()
                .asString()
                .contains("does not accept the credentials (the API server answered 401")
                .contains("log in again");
    }

    @Test
    @DisplayName("where nobody answers, that is all there is to say")
    void nobodyThere() throws InterruptedException {
        api.stop();

        assertThat(list().gaps()).singleElement().asString().contains(" cannot be asked: ");
    }

    @Test
    @DisplayName("other policies that may not be read may concern anything")
    void otherPolicies() throws InterruptedException {
        api.serve("apis", "{groups: [{name: cilium.io, versions: [{groupVersion: cilium.io/v2}]}]}");
        api.serve("apis/cilium.io/v2", "{resources: [{name: ciliumnetworkpolicies, kind: CiliumNetworkPolicy}]}");
        Resource cilium = Resource.otherPolicy("cilium.io", "v2", "ciliumnetworkpolicies", "CiliumNetworkPolicy");
        api.refuse(cilium, 403);

        ListedCluster listed = list();

        assertThat(listed.observations())
                .flatExtracting(Observation::facts)
                .contains(new Fact.OtherPolicy(cilium.ref("", "*")));
        assertThat(listed.notes()).singleElement().asString().contains("nothing is called broken for certain");
    }

    @Test
    @DisplayName("where Cilium's policies are served, groups of address blocks and the agents' settings are listed too")
    void ofCilium() throws InterruptedException {
        api.serve("apis", "{groups: [{name: cilium.io, versions: [{groupVersion: cilium.io/v2}]}]}");
        api.serve(
                "apis/cilium.io/v2",
                "{resources: [{name: ciliumnetworkpolicies, kind: CiliumNetworkPolicy},"
                        + " {name: ciliumcidrgroups, kind: CiliumCIDRGroup}]}");
        api.apply("{apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: {name: partners},"
                + " spec: {externalCIDRs: [192.0.2.0/24]}}");
        api.apply("{apiVersion: v1, kind: ConfigMap, metadata: {namespace: kube-system, name: cilium-config},"
                + " data: {enable-policy: always, debug: 'true'}}");

        List<Fact> facts = list().observations().stream()
                .flatMap(observation -> observation.facts().stream())
                .toList();

        assertThat(facts)
                .contains(
                        new Fact.Input(new CidrGroup("partners", Labels.NONE, List.of(Cidr.parse("192.0.2.0/24")))),
                        new Fact.Input(new CiliumConfig(Map.of("enable-policy", "always"))));
    }

    @Test
    @DisplayName("an object that is not understood is a note")
    void notUnderstood() throws InterruptedException {
        api.apply(policy("odd", "podSelector: 7"));

        assertThat(list().notes()).singleElement().asString().startsWith("NetworkPolicy shop/odd is not understood");
    }

    private ListedCluster list() throws InterruptedException {
        return ClusterListing.of(client, true, (kind, soFar) -> progress.add(kind + " " + soFar));
    }
}
