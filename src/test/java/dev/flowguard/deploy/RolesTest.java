package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.contract.ContractReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Permissions: enough, and no more. */
class RolesTest {
    private static final Set<String> READ = Set.of("get", "list", "watch");

    /** What one rule grants: verbs on a resource, of these names or (empty) of any. */
    private record Grant(String role, String group, String resource, Set<String> verbs, List<String> names) {
        boolean writes() {
            return !READ.containsAll(verbs);
        }
    }

    @DisplayName("no rule has a wildcard, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void noWildcards(Installation installation) {
        assertThat(Stream.concat(installation.ofKind("ClusterRole").stream(), installation.ofKind("Role").stream()))
                .isNotEmpty()
                .allSatisfy(role -> assertThat(role.get("rules").toString()).doesNotContain("*"))
                .allSatisfy(role -> assertThat(role.has("aggregationRule")).isFalse());
    }

    @DisplayName("Secrets are reached only in the own namespace and by name, but for create, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void secrets(Installation installation) {
        assertThat(grants(installation, "ClusterRole"))
                .noneMatch(grant -> grant.resource().equals("secrets"));
        assertThat(grants(installation, "Role"))
                .filteredOn(grant -> grant.resource().equals("secrets"))
                .allMatch(grant -> grant.verbs().equals(Set.of("create"))
                        || grant.names().equals(List.of("flowguard-webhook-ca")));
        assertThat(installation.ofKind("Role"))
                .allSatisfy(role ->
                        assertThat(role.at("/metadata/namespace").asText()).isEqualTo(Installation.NAMESPACE));
    }

    @DisplayName("cluster-wide Flowguard writes only status, Events, reviews and its own webhook configuration, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void writesLittle(Installation installation) {
        Set<String> written = new TreeSet<>();
        for (Grant grant : grants(installation, "ClusterRole")) {
            if (grant.writes() && isBound(installation, "ClusterRoleBinding", grant.role())) {
                written.add(
                        String.join(",", new TreeSet<>(grant.verbs())) + " " + grant.resource() + " " + grant.names());
            }
        }
        List<String> expected = new ArrayList<>(List.of(
                "create subjectaccessreviews []",
                "create,patch events []",
                "update clusterflowcontracts/status []",
                "update flowcontracts/status []"));
        if (!Set.of("cert-manager", "provided-certificate").contains(installation.overlay())) {
            expected.add("get,list,patch,watch validatingwebhookconfigurations [flowguard]");
        }
        assertThat(written).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    @DisplayName("all that a verdict depends on can be read and followed")
    void reads() {
        Set<String> readable = grants(Installation.of("default"), "ClusterRole").stream()
                .filter(grant ->
                        grant.role().equals("flowguard") && grant.verbs().equals(READ))
                .map(grant -> grant.group() + "/" + grant.resource())
                .collect(Collectors.toSet());
        assertThat(readable)
                .contains(
                        "/namespaces",
                        "/nodes",
                        "/pods",
                        "/replicationcontrollers",
                        "/services",
                        "apps/daemonsets",
                        "apps/deployments",
                        "apps/replicasets",
                        "apps/statefulsets",
                        "batch/cronjobs",
                        "batch/jobs",
                        "discovery.k8s.io/endpointslices",
                        "flowguard.dev/clusterflowcontracts",
                        "flowguard.dev/flowcontracts",
                        "networking.k8s.io/ingresses",
                        "networking.k8s.io/networkpolicies")
                .contains(
                        "/serviceaccounts",
                        "admissionregistration.k8s.io/mutatingwebhookconfigurations",
                        "admissionregistration.k8s.io/validatingwebhookconfigurations",
                        "apiextensions.k8s.io/customresourcedefinitions",
                        "apiregistration.k8s.io/apiservices",
                        "gateway.networking.k8s.io/gateways",
                        "gateway.networking.k8s.io/httproutes",
                        "monitoring.coreos.com/prometheuses",
                        "monitoring.coreos.com/servicemonitors",
                        "networking.k8s.io/ingressclasses",
                        "rbac.authorization.k8s.io/clusterrolebindings",
                        "rbac.authorization.k8s.io/rolebindings",
                        "route.openshift.io/routes")
                .contains(
                        "policy.networking.k8s.io/clusternetworkpolicies",
                        "cilium.io/ciliumnetworkpolicies",
                        "crd.projectcalico.org/globalnetworkpolicies",
                        "crd.antrea.io/clusternetworkpolicies");
    }

    @DisplayName("with certificates from elsewhere, no Secret can be reached and no webhook configuration written:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"cert-manager", "provided-certificate"})
    void certificatesFromElsewhere(String overlay) {
        Installation installation = Installation.of(overlay);
        assertThat(Stream.of("ClusterRole", "Role").flatMap(kind -> grants(installation, kind).stream()))
                .isNotEmpty()
                .noneMatch(grant -> grant.resource().equals("secrets")
                        || grant.resource().equals("validatingwebhookconfigurations") && grant.writes());
    }

    @DisplayName("every binding gives an existing role to Flowguard's own account, in")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.Installation#all")
    void bindings(Installation installation) {
        String account = installation
                .deployment()
                .at("/spec/template/spec/serviceAccountName")
                .asText();
        assertThat(installation
                        .get("ServiceAccount", account)
                        .at("/metadata/namespace")
                        .asText())
                .isEqualTo(Installation.NAMESPACE);
        assertThat(Stream.concat(
                        installation.ofKind("ClusterRoleBinding").stream(),
                        installation.ofKind("RoleBinding").stream()))
                .isNotEmpty()
                .allSatisfy(binding -> {
                    JsonNode role = binding.get("roleRef");
                    installation.get(role.get("kind").asText(), role.get("name").asText());
                    assertThat(binding.get("subjects")).hasSize(1);
                    JsonNode subject = binding.at("/subjects/0");
                    assertThat(subject.get("kind").asText()).isEqualTo("ServiceAccount");
                    assertThat(subject.get("name").asText()).isEqualTo(account);
                    assertThat(subject.get("namespace").asText()).isEqualTo(Installation.NAMESPACE);
                });
    }

    @Test
    @DisplayName("nobody may override until somebody says so, and then nothing else")
    void override() {
        Installation installation = Installation.of("default");
        assertThat(grants(installation, "ClusterRole"))
                .filteredOn(grant -> grant.role().equals("flowguard-override"))
                .singleElement()
                .satisfies(grant -> {
                    assertThat(grant.group()).isEqualTo(ContractReader.GROUP);
                    assertThat(grant.resource()).isEqualTo("flowcontracts");
                    assertThat(grant.verbs()).containsExactly("override");
                });
        assertThat(isBound(installation, "ClusterRoleBinding", "flowguard-override"))
                .isFalse();
        assertThat(isBound(installation, "RoleBinding", "flowguard-override")).isFalse();
    }

    @Test
    @DisplayName("those who may edit a namespace may declare its flows, and not write their status or bind the cluster")
    void editors() {
        assertThat(grants(Installation.of("default"), "ClusterRole"))
                .filteredOn(grant -> grant.role().equals("flowguard-contracts-edit"))
                .singleElement()
                .matches(grant -> grant.resource().equals("flowcontracts"));
    }

    private static boolean isBound(Installation installation, String kind, String role) {
        return installation.ofKind(kind).stream()
                .anyMatch(binding -> binding.at("/roleRef/name").asText().equals(role));
    }

    private static List<Grant> grants(Installation installation, String kind) {
        List<Grant> grants = new ArrayList<>();
        for (ObjectNode role : installation.ofKind(kind)) {
            for (JsonNode rule : role.get("rules")) {
                for (String group : Yaml.texts(rule.get("apiGroups"))) {
                    for (String resource : Yaml.texts(rule.get("resources"))) {
                        grants.add(new Grant(
                                role.at("/metadata/name").asText(),
                                group,
                                resource,
                                new TreeSet<>(Yaml.texts(rule.get("verbs"))),
                                Yaml.texts(rule.path("resourceNames"))));
                    }
                }
            }
        }
        return grants;
    }
}
