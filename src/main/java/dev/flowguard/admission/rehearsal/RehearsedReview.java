package dev.flowguard.admission.rehearsal;

import dev.flowguard.admission.http.ValidateContractsResource;
import dev.flowguard.admission.http.ValidateResource;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * One review of a rehearsal: a dry run, so that nothing becomes of it.
 *
 * @param path of the webhook that it is for
 */
record RehearsedReview(String path, String json) {
    /** A creation, an update and a deletion for each webhook, in a namespace about which much is known. */
    static List<RehearsedReview> all(Snapshot snapshot, String uid) {
        String namespace = namespace(snapshot);
        return Stream.of("CREATE", "UPDATE", "DELETE")
                .flatMap(operation -> Stream.of(
                        new RehearsedReview(
                                ValidateResource.PATH,
                                review(uid, namespace, operation, "networking.k8s.io", "v1", "NetworkPolicy", """
                                    "podSelector": %s, "policyTypes": ["Ingress", "Egress"],
                                    "ingress": [{"from": [{"podSelector": {}}], "ports": [{"port": 80}]}]\
                                    """)),
                        new RehearsedReview(
                                ValidateContractsResource.PATH,
                                review(uid, namespace, operation, "flowguard.dev", "v1alpha1", "FlowContract", """
                                    "flows": [{"name": "all", "from": {"podSelector": %s}, "to": {"podSelector": {}},
                                               "ports": [{"port": 80}]}]\
                                    """))))
                .toList();
    }

    byte[] body() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String review(
            String uid, String namespace, String operation, String group, String version, String kind, String spec) {
        String object = """
            {"apiVersion": "%s/%s", "kind": "%s",
             "metadata": {"name": "flowguard-rehearsal", "namespace": "%s"},
             "spec": {%s}}\
            """.formatted(group, version, kind, namespace, spec);
        String all = object.formatted("{}");
        String some = object.formatted("{\"matchLabels\": {\"app\": \"rehearsal\"}}");
        return """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "%s", "operation": "%s", "dryRun": true, "namespace": "%s", "name": "flowguard-rehearsal",
              "kind": {"group": "%s", "version": "%s", "kind": "%s"},
              "userInfo": {"username": "flowguard-rehearsal"},
              "object": %s, "oldObject": %s}}\
            """.formatted(
                        uid,
                        operation,
                        namespace,
                        group,
                        version,
                        kind,
                        operation.equals("DELETE") ? "null" : all,
                        operation.equals("CREATE") ? "null" : some);
    }

    /** Where flows are declared, more is judged and said than elsewhere. */
    private static String namespace(Snapshot snapshot) {
        return Stream.concat(
                        snapshot.contracts().stream()
                                .map(contract -> contract.source().object().namespace())
                                .filter(name -> !name.isEmpty()),
                        snapshot.namespaces().stream().map(NamespaceShard::name))
                .findFirst()
                .orElse("default");
    }
}
