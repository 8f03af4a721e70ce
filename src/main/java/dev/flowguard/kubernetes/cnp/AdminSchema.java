package dev.flowguard.kubernetes.cnp;

import static dev.flowguard.kubernetes.schema.Schema.integer;
import static dev.flowguard.kubernetes.schema.Schema.list;
import static dev.flowguard.kubernetes.schema.Schema.map;
import static dev.flowguard.kubernetes.schema.Schema.oneOf;
import static dev.flowguard.kubernetes.schema.Schema.text;

import dev.flowguard.kubernetes.schema.ObjectSchema;
import dev.flowguard.kubernetes.schema.Schema;
import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortName;
import java.util.Optional;

/**
 * The schemas of ClusterNetworkPolicy v1alpha2, with the fields of its experimental version, and of AdminNetworkPolicy and
 * BaselineAdminNetworkPolicy v1alpha1.
 */
final class AdminSchema {
    private static final int HIGHEST_PORT = 65535;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_BLOCK = 43;
    private static final int LAST_PRIORITY = 1000;

    /** How many rules, peers and ports there may be in one list. */
    private static final int MOST = 25;

    private static final int MOST_IN_OLDER = 100;

    private static final Schema ANY_PORT = integer(1, HIGHEST_PORT);

    /** The schema knows the types in a selector and no more: what cannot be read is the matter of {@link SelectorTree}. */
    private static final Schema SELECTOR = ObjectSchema.empty()
            .with("matchLabels", map(Schema.TEXT))
            .with(
                    "matchExpressions",
                    list(ObjectSchema.empty()
                            .with("key", Schema.TEXT)
                            .with("operator", Schema.TEXT)
                            .with("values", list(Schema.TEXT))
                            .requiring("key", "operator")));

    private static final ObjectSchema PODS = ObjectSchema.empty()
            .with("namespaceSelector", SELECTOR)
            .with("podSelector", SELECTOR)
            .requiring("namespaceSelector", "podSelector");

    private static final ObjectSchema SUBJECT =
            ObjectSchema.empty().with("namespaces", SELECTOR).with("pods", PODS).withExactlyOneOf("namespaces", "pods");

    private static final ObjectSchema PORT = ObjectSchema.empty()
            .with("number", ANY_PORT)
            .with("range", rising(range()))
            .withExactlyOneOf("number", "range");

    private static final ObjectSchema WITH_PORT =
            ObjectSchema.empty().with("destinationPort", PORT).withSomeOf("destinationPort");

    private static final ObjectSchema PROTOCOL = ObjectSchema.empty()
            .with("tcp", WITH_PORT)
            .with("udp", WITH_PORT)
            .with("sctp", WITH_PORT)
            .with("destinationNamedPort", text(PortName::mistakeIn))
            .withExactlyOneOf("tcp", "udp", "sctp", "destinationNamedPort");

    private static final Schema OLDER_PROTOCOL = oneOf("TCP", "UDP", "SCTP");

    private static final ObjectSchema OLDER_PORT = ObjectSchema.empty()
            .with(
                    "portNumber",
                    ObjectSchema.empty()
                            .with("protocol", OLDER_PROTOCOL)
                            .with("port", ANY_PORT)
                            .requiring("port"))
            .with("portRange", rising(range().with("protocol", OLDER_PROTOCOL)))
            .with("namedPort", text(PortName::mistakeIn))
            .withExactlyOneOf("portNumber", "portRange", "namedPort");

    static final Schema CLUSTER = object(ObjectSchema.empty()
            .with("tier", oneOf("Admin", "Baseline"))
            .with("priority", integer(0, LAST_PRIORITY))
            .with("subject", SUBJECT)
            .with("ingress", rules(Direction.INGRESS, true, true, "Accept", "Deny", "Pass"))
            .with("egress", rules(Direction.EGRESS, true, true, "Accept", "Deny", "Pass"))
            .requiring("tier", "priority", "subject"));

    static final Schema ADMIN = object(ObjectSchema.empty()
            .with("priority", integer(0, LAST_PRIORITY))
            .with("subject", SUBJECT)
            .with("ingress", rules(Direction.INGRESS, false, true, "Allow", "Deny", "Pass"))
            .with("egress", rules(Direction.EGRESS, false, true, "Allow", "Deny", "Pass"))
            .requiring("priority", "subject"));

    static final Schema BASELINE_ADMIN = object(ObjectSchema.empty()
            .with("subject", SUBJECT)
            .with("ingress", rules(Direction.INGRESS, false, false, "Allow", "Deny"))
            .with("egress", rules(Direction.EGRESS, false, false, "Allow", "Deny"))
            .requiring("subject"));

    private AdminSchema() {}

    private static Schema object(ObjectSchema spec) {
        return ObjectSchema.empty()
                .with("apiVersion", Schema.TEXT)
                .with("kind", Schema.TEXT)
                .with("metadata", Schema.ANYTHING)
                .with("status", Schema.ANYTHING)
                .with("spec", spec)
                .requiring("spec");
    }

    private static Schema rules(Direction direction, boolean newer, boolean withDomains, String... actions) {
        int most = newer ? MOST : MOST_IN_OLDER;
        ObjectSchema peer = ObjectSchema.empty().with("namespaces", SELECTOR).with("pods", PODS);
        if (direction == Direction.EGRESS) {
            peer = peer.with("networks", some(text(AdminSchema::mistakeInBlock), MOST))
                    .with("nodes", SELECTOR);
            if (withDomains) {
                peer = peer.with("domainNames", some(text(AdminSchema::mistakeInDomain), MOST));
            }
        }
        ObjectSchema rule = ObjectSchema.empty()
                .with("name", text(AdminSchema::mistakeInName))
                .with("action", oneOf(actions))
                .with(direction.peers(), some(oneField(peer), most))
                .requiring("action", direction.peers());
        return list(
                newer ? rule.with("protocols", some(PROTOCOL, MOST)) : rule.with("ports", list(OLDER_PORT, most)),
                most);
    }

    /** Of the fields that the schema has there is exactly one, unless there is only such as it does not have (OTHER-POLICIES C17). */
    private static Schema oneField(ObjectSchema peer) {
        return (value, path, notes) -> {
            peer.check(value, path, notes);
            long known =
                    peer.fields().keySet().stream().filter(value::hasNonNull).count();
            if (value.isObject() && known > 1) {
                notes.problem(path, "has more than one field: write a peer for each");
            } else if (value.isObject() && value.isEmpty()) {
                notes.problem(
                        path,
                        "is empty: write one of "
                                + String.join(
                                        ", ",
                                        peer.fields().keySet().stream().sorted().toList()));
            }
        };
    }

    private static ObjectSchema range() {
        return ObjectSchema.empty()
                .with("start", ANY_PORT)
                .with("end", ANY_PORT)
                .requiring("start", "end");
    }

    /** What begins where it ends is one number, and written as one. */
    private static Schema rising(ObjectSchema range) {
        return (value, path, notes) -> {
            range.check(value, path, notes);
            int start = value.path("start").asInt();
            int end = value.path("end").asInt();
            if (start > 0 && end > 0 && start >= end) {
                notes.problem(
                        path,
                        start == end
                                ? "holds one port: write its number in place of a range"
                                : "runs downwards: write the lower port as start, the higher as end");
            }
        };
    }

    private static Schema some(Schema items, int most) {
        Schema list = list(items, most);
        return (value, path, notes) -> {
            list.check(value, path, notes);
            if (value.isArray() && value.isEmpty()) {
                notes.problem(path, "is empty: list at least one, or leave it out if that is allowed");
            }
        };
    }

    /** All that the schema asks of a block; whether it can be read is the matter of {@link AdminPeers}. */
    private static Optional<String> mistakeInBlock(String text) {
        boolean ofOneFamily = (text.indexOf(':') >= 0) != (text.indexOf('.') >= 0);
        return ofOneFamily && text.length() <= LONGEST_BLOCK
                ? Optional.empty()
                : Optional.of(
                        Quoted.of(text) + " is no address block: write one such as 192.0.2.0/24 or 2001:db8::/32");
    }

    private static Optional<String> mistakeInDomain(String text) {
        return text.matches("(\\*\\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\\.)*[a-z0-9]([-a-z0-9]*[a-z0-9])?\\.?")
                ? Optional.empty()
                : Optional.of("is not a domain name: write one in lower case such as example.com or *.example.com");
    }

    private static Optional<String> mistakeInName(String text) {
        return text.length() <= LONGEST_NAME
                ? Optional.empty()
                : Optional.of("has " + text.length() + " characters: at most " + LONGEST_NAME + " are allowed");
    }
}
