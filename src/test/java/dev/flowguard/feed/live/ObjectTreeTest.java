package dev.flowguard.feed.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.feed.live.api.ObjectTree;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.feed.live.api.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ObjectTreeTest {
    private static final Resource PODS = Resource.of("v1", "pods", "Pod", Role.ESSENTIAL);

    @Test
    @DisplayName("of a pod only what verdicts depend on is kept, and all of its metadata but the managers' fields")
    void pod() throws IOException {
        JsonNode pod = object("""
                {"metadata": {"name": "a", "resourceVersion": "7", "labels": {"env": "x"}, "managedFields": [{"manager": "b"}]},
                 "spec": {"nodeName": "n", "hostNetwork": true, "volumes": [{"name": "v", "emptyDir": {}}],
                          "containers": [{"name": "c", "env": [{"name": "E"}], "ports": [{"containerPort": 80}]}, null]},
                 "status": {"conditions": [{"type": "Ready"}], "podIPs": [{"ip": "10.0.0.1"}]}}
                """, PODS);

        assertThat(pod).hasToString("""
                {"metadata":{"name":"a","resourceVersion":"7","labels":{"env":"x"}},\
                "spec":{"hostNetwork":true,"containers":[{"ports":[{"containerPort":80}]},null]},\
                "status":{"podIPs":[{"ip":"10.0.0.1"}]}}""");
    }

    @Test
    @DisplayName("of a policy everything is kept, known or not")
    void policy() throws IOException {
        JsonNode policy = object("""
                {"metadata": {"name": "a", "managedFields": []},
                 "spec": {"podSelector": {}, "ingress": [{"from": [{"novelty": {"a": 1}}]}]}, "status": {"conditions": []}}
                """, Resources.NETWORK_POLICIES);

        assertThat(policy).hasToString("""
                {"metadata":{"name":"a"},\
                "spec":{"podSelector":{},"ingress":[{"from":[{"novelty":{"a":1}}]}]},"status":{"conditions":[]}}""");
    }

    @Test
    @DisplayName("an error in place of an object keeps its code and its message")
    void status() throws IOException {
        JsonNode status = object("""
                {"kind": "Status", "metadata": {}, "status": "Failure", "code": 410, "message": "too old"}
                """, Resource.of("apps/v1", "deployments", "Deployment", Role.TEMPLATE));

        assertThat(status.path("code").asInt()).isEqualTo(410);
        assertThat(status.path("message").asText()).isEqualTo("too old");
    }

    @Test
    @DisplayName("what breaks off or is no event is refused")
    void broken() {
        assertThatThrownBy(() -> object("{\"metadata\": {", PODS)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> event("[]", PODS)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> event("{\"type\": \"ADDED\"", PODS)).isInstanceOf(IOException.class);
    }

    private static JsonNode object(String json, Resource resource) throws IOException {
        return event("{\"type\": \"ADDED\", \"object\": " + json + "}", resource)
                .get("object");
    }

    private static JsonNode event(String line, Resource resource) throws IOException {
        return ObjectTree.event(line.getBytes(StandardCharsets.UTF_8), resource);
    }
}
