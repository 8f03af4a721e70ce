package dev.flowguard.feed.live.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.calico.StoredMetadata;
import dev.flowguard.policy.calico.CalicoPolicy;

/**
 * A kind of objects as the API server serves it.
 *
 * @param group empty for the core group
 * @param plural its name in paths: {@code networkpolicies}
 * @param refKind its name in references to its objects
 * @param fieldSelector which objects are asked for; empty: all
 * @param home the only namespace whose objects are asked for; empty: all
 * @param role what the engine has it for
 */
public record Resource(
        String group,
        String version,
        String plural,
        String kind,
        String refKind,
        String fieldSelector,
        String home,
        Role role) {
    public static Resource of(String apiVersion, String plural, String kind, Role role) {
        int slash = apiVersion.indexOf('/');
        return new Resource(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                plural,
                kind,
                kind,
                "",
                "",
                role);
    }

    /** With only some of its objects. */
    Resource selecting(String selector) {
        return new Resource(group, version, plural, kind, refKind, selector, home, role);
    }

    /** Only the object of that name and namespace, so that the right to read it alone is enough. */
    Resource named(String namespace, String name) {
        return new Resource(group, version, plural, kind, refKind, "metadata.name=" + name, namespace, role);
    }

    /** With the object of that name alone. */
    Resource named(String name) {
        return selecting("metadata.name=" + name);
    }

    /** A policy of a kind that is not evaluated; its references keep the group, since several groups have a NetworkPolicy. */
    public static Resource otherPolicy(String group, String version, String plural, String kind) {
        return new Resource(group, version, plural, kind, refKind(group, kind), "", "", Role.OTHER_POLICY);
    }

    /** Something on which policies of other kinds depend; its references keep the group too. */
    static Resource sideInput(String group, String version, String plural, String kind) {
        return new Resource(group, version, plural, kind, refKind(group, kind), "", "", Role.SIDE_INPUT);
    }

    /** Objects of Calico are called alike wherever they are read, for both of its APIs show the same. */
    private static String refKind(String group, String kind) {
        return group.equals(CalicoPolicy.STORED_GROUP) ? CalicoPolicy.qualified(kind) : kind + "." + group;
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As kubectl and RBAC name it: {@code pods}, {@code networkpolicies.networking.k8s.io}. */
    public String name() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** The path under which its objects are listed and watched. */
    public String path() {
        return !home.isEmpty() ? path(home) : (group.isEmpty() ? "api/" : "apis/") + apiVersion() + "/" + plural;
    }

    /** The path for the objects of one namespace. */
    public String path(String namespace) {
        return (group.isEmpty() ? "api/" : "apis/") + apiVersion() + "/namespaces/" + namespace + "/" + plural;
    }

    public ObjectRef ref(String namespace, String name) {
        return new ObjectRef(refKind, namespace, name);
    }

    public ObjectRef ref(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        ObjectRef ref =
                ref(metadata.path("namespace").asText(), metadata.path("name").asText());
        return StoredMetadata.inApi(ref, object, group);
    }

    @Override
    public String toString() {
        return name();
    }
}
