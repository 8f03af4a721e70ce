package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matchConditions: what the API server does not even ask about. Nothing that could break a flow may be among it. */
@DisplayName("the API server")
class MatchConditionsTest {
    private static final Installation INSTALLATION = Installation.of("strict");
    private static final String SPEC = "spec: {podSelector: {}}";

    @DisplayName("asks about a NetworkPolicy")
    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
        created                                  | CREATE | alice | {N}                               | true
        deleted                                  | DELETE | alice |                                   | true
        changed                                  | UPDATE | alice | {metadata: {}, spec: {egress: []}} | true
        labelled                                 | UPDATE | alice | {metadata: {labels: {a: b}}, {S}} | false
        annotated, also with an override         | UPDATE | alice | {metadata: {annotations: {flowguard.dev/override: why}}, {S}} | false
        whose last finalizer goes                | UPDATE | alice | {metadata: {deletionTimestamp: x}, {S}} | false
        deleted with its namespace               | DELETE | system:serviceaccount:kube-system:namespace-controller | | false
        deleted with its owner                   | DELETE | system:serviceaccount:kube-system:generic-garbage-collector | | false
        deleted by the controller manager        | DELETE | system:kube-controller-manager | | false
        changed by the controller manager        | UPDATE | system:kube-controller-manager | {metadata: {}, spec: {egress: []}} | true
        """)
    void policies(String what, String operation, String user, @Nullable String object, boolean asked) {
        assertThat(isAsked(
                        "networkpolicies.flowguard.dev",
                        "NetworkPolicy",
                        operation,
                        user,
                        object,
                        operation.equals("CREATE") ? null : "{metadata: {}, " + SPEC + "}"))
                .isEqualTo(asked);
    }

    @DisplayName("asks about a declaration")
    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
        a contract                       | FlowContract | {metadata: {}, spec: {flows: []}}                       |                            | true
        a contract that changes          | FlowContract | {metadata: {}, spec: {flows: []}}                       | {metadata: {}, spec: {}}   | true
        a contract that does not         | FlowContract | {metadata: {resourceVersion: b}, spec: {flows: []}}     | {metadata: {resourceVersion: a}, spec: {flows: []}} | false
        a Pod that declares nothing      | Pod          | {metadata: {annotations: {a: b}}, spec: {}}             |                            | false
        a Pod with a flow                | Pod          | {metadata: {annotations: {A}}, spec: {}}                |                            | true
        a Pod made from a template       | Pod          | {metadata: {annotations: {A}, ownerReferences: [{controller: true}]}, spec: {}} |    | false
        a Pod with another kind of owner | Pod          | {metadata: {annotations: {A}, ownerReferences: [{uid: a}]}, spec: {}} |              | true
        a Deployment with a flow         | Deployment   | {metadata: {annotations: {A}}, spec: {template: {}}}    |                            | true
        a template with a flow           | Deployment   | {metadata: {}, spec: {template: {metadata: {annotations: {A}}}}} |                   | true
        a template without one           | Deployment   | {metadata: {}, spec: {template: {metadata: {}}}}        |                            | false
        a Deployment of an operator      | Deployment   | {metadata: {annotations: {A}, ownerReferences: [{controller: true}]}, spec: {}} |    | true
        the same, scaled                 | Deployment   | {metadata: {annotations: {A}}, spec: {replicas: 2}}     | {metadata: {annotations: {A}}, spec: {}} | true
        the same, untouched              | Deployment   | {metadata: {annotations: {A}}, spec: {}}                | {metadata: {annotations: {A}}, spec: {}} | false
        a CronJob's template             | CronJob      | {metadata: {}, spec: {jobTemplate: {spec: {template: {metadata: {annotations: {A}}}}}}} | | true
        the Jobs of a CronJob            | CronJob      | {metadata: {}, spec: {jobTemplate: {metadata: {annotations: {A}}}}} |                | true
        a Job of a CronJob               | Job          | {metadata: {annotations: {A}, ownerReferences: [{controller: true}]}, spec: {}} |    | false
        a Service with a flow            | Service      | {metadata: {annotations: {A}}, spec: {ports: []}}       |                            | true
        a Namespace like any other       | Namespace    | {metadata: {labels: {a: b}}, spec: {finalizers: []}}    |                            | false
        a Namespace that agrees          | Namespace    | {metadata: {annotations: {flowguard.dev/accept-contracts-from: a}}, spec: {}} |      | true
        a Namespace with a mode          | Namespace    | {metadata: {labels: {flowguard.dev/mode: Wran}}}        |                            | true
        a Namespace that gets a mode     | Namespace    | {metadata: {labels: {flowguard.dev/mode: Warn}}}        | {metadata: {}}             | true
        """)
    void declarations(String what, String kind, String object, @Nullable String before, boolean asked) {
        assertThat(isAsked(
                        "contracts.flowguard.dev", kind, before == null ? "CREATE" : "UPDATE", "alice", object, before))
                .isEqualTo(asked);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is asked about a change that flows may depend on, and about no other:")
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
        labels of a Namespace       | Namespace  | {metadata: {labels: {a: b}}} | {metadata: {labels: {a: c}}} | true
        annotations of a Namespace  | Namespace  | {metadata: {labels: {a: b}, annotations: {x: y}}} | {metadata: {labels: {a: b}}} | false
        labels of pods              | Deployment | {metadata: {}, spec: {template: {metadata: {labels: {a: b}}, spec: {containers: []}}}} | {metadata: {}, spec: {template: {metadata: {labels: {a: c}}, spec: {containers: []}}}} | true
        a container port            | Deployment | {metadata: {}, spec: {template: {spec: {containers: [{ports: [{name: a}]}]}}}} | {metadata: {}, spec: {template: {spec: {containers: [{ports: [{name: b}]}]}}}} | true
        an image                    | Deployment | {metadata: {}, spec: {template: {spec: {containers: [{image: a}]}}}} | {metadata: {}, spec: {template: {spec: {containers: [{image: b}]}}}} | false
        replicas                    | Deployment | {metadata: {}, spec: {replicas: 2}} | {metadata: {}, spec: {replicas: 3}} | false
        the selector of a Service   | Service    | {metadata: {}, spec: {selector: {a: b}}} | {metadata: {}, spec: {selector: {a: c}}} | true
        labels of a Service         | Service    | {metadata: {labels: {a: b}}, spec: {selector: {a: b}}} | {metadata: {}, spec: {selector: {a: b}}} | false
        addresses of a slice        | EndpointSlice | {metadata: {}, endpoints: [{addresses: [10.0.0.1]}]} | {metadata: {}, endpoints: [{addresses: [10.0.0.2]}]} | true
        a slice that follows pods   | EndpointSlice | {metadata: {labels: {endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}}, endpoints: [{addresses: [10.0.0.1]}]} | {metadata: {}, endpoints: [{addresses: [10.0.0.2]}]} | false
        readiness of an endpoint    | EndpointSlice | {metadata: {}, endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]} | {metadata: {}, endpoints: [{addresses: [10.0.0.1]}]} | false
        ports of a slice            | EndpointSlice | {metadata: {}, ports: [{port: 1}]} | {metadata: {}, ports: [{port: 2}]} | true
        """)
    void changes(String what, String kind, String object, String before, boolean asked) {
        assertThat(isAsked("changes.flowguard.dev", kind, "UPDATE", "alice", object, before))
                .isEqualTo(asked);
    }

    @Test
    @DisplayName("controllers are not warned of declarations")
    void controllers() {
        String object = "{metadata: {annotations: {A}}, spec: {}}";

        assertThat(isAsked(
                        "contracts.flowguard.dev",
                        "Deployment",
                        "UPDATE",
                        "system:serviceaccount:kube-system:deployment-controller",
                        object,
                        "{metadata: {}, spec: {}}"))
                .isFalse();
    }

    private static boolean isAsked(
            String webhook,
            String kind,
            String operation,
            String user,
            @Nullable String object,
            @Nullable String before) {
        String group = kind.equals("FlowContract") ? "flowguard.dev" : "";
        JsonNode request = Yaml.documents("{operation: " + operation + ", kind: {group: \"" + group + "\", kind: "
                        + kind + "}, userInfo: {username: \"" + user + "\"}}")
                .get(0);
        Map<String, JsonNode> variables = Map.of("request", request, "object", tree(object), "oldObject", tree(before));
        List<String> conditions =
                INSTALLATION.webhook(webhook).get("matchConditions").findValuesAsText("expression");
        return conditions.stream().allMatch(condition -> Cel.holds(condition, variables));
    }

    private static JsonNode tree(@Nullable String text) {
        return text == null
                ? NullNode.getInstance()
                : Yaml.documents(text.replace("{N}", "{metadata: {}, " + SPEC + "}")
                                .replace("{S}", SPEC)
                                .replace("{A}", "{flowguard.dev/egress-to: dns}"))
                        .get(0);
    }
}
