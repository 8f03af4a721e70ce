package dev.flowguard.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.demo.CalicoWebhookTest;
import dev.flowguard.deploy.Yaml;
import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies of every other kind as nobody writes them, over HTTPS to the running program. */
@QuarkusTest
@TestProfile(CalicoWebhookTest.OnCalico.class)
@DisplayName("A review of a policy of another kind with")
class OtherKindsAttackTest {
    /** Of each kind one with as many fields as there is room for. */
    private static final List<String> KINDS = List.of("""
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: x}
        spec:
          tier: Admin
          priority: 10
          subject: {pods: {namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}}}
          ingress: [{name: x, action: Deny, from: [{namespaces: {matchLabels: {a: b}}}], protocols: [{tcp: {destinationPort: {number: 80}}}]}]
          egress: [{action: Accept, to: [{networks: [10.0.0.0/8]}, {pods: {namespaceSelector: {}, podSelector: {}}}], protocols: [{destinationNamedPort: http}]}]
        """, """
        apiVersion: policy.networking.k8s.io/v1alpha1
        kind: AdminNetworkPolicy
        metadata: {name: x}
        spec:
          priority: 10
          subject: {namespaces: {matchLabels: {a: b}}}
          ingress: [{name: x, action: Deny, from: [{pods: {namespaceSelector: {}, podSelector: {}}}], ports: [{portNumber: {protocol: TCP, port: 80}}]}]
          egress: [{action: Pass, to: [{networks: [10.0.0.0/8]}], ports: [{portRange: {protocol: TCP, start: 1, end: 9}}, {namedPort: http}]}]
        """, """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: x, namespace: shop}
        specs:
        - endpointSelector: {}
          ingress: [{fromEntities: [world]}]
        spec:
          description: x
          endpointSelector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator: In, values: [b]}]}
          enableDefaultDeny: {ingress: true, egress: true}
          ingress: [{fromEndpoints: [{matchLabels: {a: b}}], toPorts: [{ports: [{port: "80", endPort: 90, protocol: TCP}], rules: {http: [{method: GET, path: "/.*"}]}}]}]
          ingressDeny: [{fromCIDRSet: [{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}], icmps: [{fields: [{family: IPv4, type: 8}]}]}]
          egress: [{toFQDNs: [{matchPattern: "*.x.org"}, {matchName: x.org}]}, {toServices: [{k8sService: {serviceName: x, namespace: z}}]}]
          egressDeny: [{toEntities: [host]}, {toCIDR: [10.0.0.0/8]}]
        """, """
        apiVersion: projectcalico.org/v3
        kind: NetworkPolicy
        metadata: {name: default.x, namespace: shop}
        spec:
          tier: default
          order: 10
          selector: "a == 'b' && !has(c)"
          serviceAccountSelector: all()
          types: [Ingress, Egress]
          ingress: [{action: Allow, protocol: TCP, source: {selector: "has(a)", namespaceSelector: all(), nets: [10.0.0.0/8], notNets: [10.1.0.0/16], ports: [80, "1:9", http]}, destination: {notPorts: [81]}, metadata: {annotations: {a: b}}}, {action: Deny, protocol: ICMP, icmp: {type: 8, code: 0}}, {action: Allow, http: {methods: [GET], paths: [{exact: /}]}}]
          egress: [{action: Deny, notProtocol: UDP, destination: {services: {name: x, namespace: z}, domains: [x.org]}}, {action: Pass}]
          performanceHints: [AssumeNeededOnEveryNode]
        """, """
        apiVersion: crd.projectcalico.org/v1
        kind: GlobalNetworkPolicy
        metadata: {name: default.x}
        spec:
          tier: default
          order: 10.5
          selector: all()
          namespaceSelector: "a in {'b', 'c'}"
          types: [Ingress]
          doNotTrack: false
          preDNAT: false
          applyOnForward: false
          ingress: [{action: Log}, {action: Allow, ipVersion: 4, source: {serviceAccounts: {names: [x], selector: all()}, notSelector: "a contains 'x'"}}]
        """);

    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL webhook;

    @SuppressWarnings("NullAway.Init")
    private HttpClient client;

    @BeforeEach
    void trust() throws Exception {
        client = HttpClient.newBuilder()
                .sslContext(Trust.context(keyStore.served()))
                .build();
    }

    static Stream<Arguments> kinds() {
        return KINDS.stream()
                .map(Yaml::document)
                .map(object -> Arguments.of(object.path("kind").asText(), object));
    }

    @DisplayName("null in any field or item, or a value of another type there, is answered and is no internal error:")
    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void nulls(String kind, ObjectNode object) throws Exception {
        List<String> failures = new ArrayList<>();
        ask("as it is", object.toString(), object, failures);
        walk("", object.path("spec"), object, failures);
        assertThat(failures).isEmpty();
    }

    private void walk(String place, JsonNode node, ObjectNode object, List<String> failures) throws Exception {
        if (node instanceof ObjectNode fields) {
            for (Map.Entry<String, JsonNode> field : new ArrayList<>(fields.properties())) {
                for (JsonNode other : others(fields)) {
                    fields.set(field.getKey(), other);
                    ask(place + "/" + field.getKey() + " " + other, object.toString(), object, failures);
                }
                fields.set(field.getKey(), field.getValue());
                walk(place + "/" + field.getKey(), field.getValue(), object, failures);
            }
        } else if (node instanceof ArrayNode items) {
            for (int i = 0; i < items.size(); i++) {
                JsonNode item = items.get(i);
                items.set(i, NullNode.instance);
                ask(place + "/" + i, object.toString(), object, failures);
                items.set(i, item);
                walk(place + "/" + i, item, object, failures);
            }
        }
    }

    private static List<JsonNode> others(ObjectNode near) {
        return List.of(NullNode.instance, near.textNode("x"), near.arrayNode().add(1));
    }

    static Stream<Arguments> hostile() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        return Stream.of(
                hostile(2, "'ingress': [{'toPorts': [{'ports': [" + "{'protocol':'TCP'},".repeat(400_000) + "{}]}]}]"),
                hostile(0, "'ingress': [" + "{'action':'Deny'},".repeat(400_000) + "{}]"),
                hostile(4, "'ingress': [" + "{'action':'Deny'},".repeat(200_000) + "{'action':'Deny'}]"),
                hostile(1, "'ingress': " + deep),
                hostile(2, "'nobodyKnows': " + deep),
                hostile(3, "'nobodyKnows': [" + "{},".repeat(1_500_000) + "{}]"),
                hostile(0, "'nobodyKnows': '" + "x".repeat(5_000_000) + "'"),
                hostile(
                        3,
                        "'types': ['Ingress'], 'selector': '" + "(".repeat(200_000) + "all()" + ")".repeat(200_000)
                                + "'"),
                hostile(4, "'types': ['Ingress'], 'selector': '" + "!".repeat(400_000) + "all()'"),
                hostile(3, "'types': ['Ingress'], 'selector': '" + "has(a) && ".repeat(200_000) + "has(b)'"),
                hostile(4, "'types': ['Ingress'], 'selector': 'all()', 'order': 1e999999999"),
                hostile(1, "'subject': {'namespaces': {}}, 'priority': " + "9".repeat(900)),
                hostile(
                        2,
                        "'endpointSelector': {}, 'egress': [{'toFQDNs': [{'matchPattern': '" + "*.".repeat(100_000)
                                + "'}]}]"),
                hostile(
                        2,
                        "'endpointSelector': {}, 'ingress': [{'fromCIDR': [" + "'10.0.0.0/8',".repeat(200_000)
                                + "'::/0']}]"));
    }

    private static Arguments hostile(int kind, String spec) {
        ObjectNode object = Yaml.document(KINDS.get(kind));
        return Arguments.of(
                object.path("kind").asText(),
                spec.substring(0, Math.min(60, spec.length())),
                object,
                spec.replace('\'', '"'));
    }

    @DisplayName("more of everything than it can be, is answered in time with its uid, and the next one is judged:")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("hostile")
    void hostile(String kind, String what, ObjectNode object, String spec) throws Exception {
        List<String> failures = new ArrayList<>();
        ObjectNode empty = object.deepCopy();
        empty.remove("specs");
        empty.put("spec", "SPEC");
        ask(what, empty.toString().replace("\"SPEC\"", "{" + spec + "}"), object, failures);
        ask("the next one", object.toString(), object, failures);
        assertThat(failures).isEmpty();
    }

    private void ask(String what, String written, ObjectNode object, List<String> failures) throws Exception {
        String group = object.path("apiVersion").asText();
        String review = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
             "uid": "u-1", "operation": "CREATE", "namespace": "%s", "name": "x", "dryRun": true,
             "kind": {"group": "%s", "version": "%s", "kind": "%s"}, "userInfo": {"username": "jane"},
             "object": %s}}
            """.formatted(
                        object.at("/metadata/namespace").asText(),
                        group.substring(0, group.indexOf('/')),
                        group.substring(group.indexOf('/') + 1),
                        object.path("kind").asText(),
                        written);
        HttpResponse<String> answer = send(review, 2);
        boolean isAnswer = answer.statusCode() == 200
                && answer.body().contains("\"uid\":\"u-1\"")
                && !answer.body().contains("internal error");
        boolean isSentence = answer.statusCode() / 100 == 4 && !answer.body().isBlank();
        if (!isAnswer && !isSentence) {
            String body = answer.body();
            failures.add(what + ": " + answer.statusCode() + " " + body.substring(0, Math.min(500, body.length())));
        }
    }

    /** Where the machine is so slow that a large body does not arrive in time, the program hangs up, as it should: once more. */
    private HttpResponse<String> send(String review, int moreAttempts) throws Exception {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(webhook.toString()))
                            .timeout(Duration.ofMinutes(1))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(review))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            if (moreAttempts == 0) {
                throw e;
            }
            return send(review, moreAttempts - 1);
        }
    }
}
