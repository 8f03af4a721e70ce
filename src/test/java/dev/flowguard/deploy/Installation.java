package dev.flowguard.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All objects that an overlay installs. */
record Installation(String overlay, List<ObjectNode> objects) {
    static final String NAMESPACE = "flowguard-system";
    static final Path OVERLAYS = Path.of("deploy/overlays");

    static Installation of(String overlay) {
        return new Installation(overlay, Kustomization.render(OVERLAYS.resolve(overlay)));
    }

    static Stream<Installation> all() {
        return Stream.of(
                        "default",
                        "cert-manager",
                        "provided-certificate",
                        "strict",
                        "own-network-policy",
                        "monitoring",
                        "protect-exemptions")
                .map(Installation::of);
    }

    List<ObjectNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.get("kind").asText().equals(kind))
                .toList();
    }

    /** The one of that kind and name. */
    JsonNode get(String kind, String name) {
        List<ObjectNode> found = ofKind(kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(overlay + " has " + found.size() + " of " + kind + " " + name);
        }
        return found.get(0);
    }

    JsonNode deployment() {
        return get("Deployment", "flowguard");
    }

    JsonNode container() {
        return deployment().at("/spec/template/spec/containers/0");
    }

    /** The webhook of that name. */
    JsonNode webhook(String name) {
        for (JsonNode webhook :
                get("ValidatingWebhookConfiguration", "flowguard").get("webhooks")) {
            if (webhook.get("name").asText().equals(name)) {
                return webhook;
            }
        }
        throw new AssertionError(overlay + " has no webhook " + name);
    }

    @Override
    public String toString() {
        return overlay;
    }
}
