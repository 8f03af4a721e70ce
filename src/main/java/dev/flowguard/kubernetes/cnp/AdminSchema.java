package dev.flowguard.kubernetes.cnp;

import static dev.flowguard.kubernetes.schema.Schema.integer;
import static dev.flowguard.kubernetes.schema.Schema.list;
import static dev.flowguard.kubernetes.schema.Schema.map;
import static dev.flowguard.kubernetes.schema.Schema.oneOf;
import static dev.flowguard.kubernetes.schema.Schema.set;
import static dev.flowguard.kubernetes.schema.Schema.some;
import static dev.flowguard.kubernetes.schema.Schema.text;

import dev.flowguard.kubernetes.schema.ObjectSchema;
import dev.flowguard.kubernetes.schema.Schema;
import dev.flowguard.kubernetes.schema.StrictCidr;
import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Direction;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The schemas of ClusterNetworkPolicy v1alpha2, with the fields of its experimental version, and of AdminNetworkPolicy and
 * BaselineAdminNetworkPolicy v1alpha1.
 */
final class AdminSchema {
    private static final int HIGHEST_PORT = 65535;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_BLOCK = 43;

    /** Of a domain name by the rules of DNS; the schema has no such bound. */
    private static final int LONGEST_DOMAIN = 255;

    private static final int LAST_PRIORITY = 1000;

    /** How many rules, peers and ports there may be in one list. */
    private static final int MOST = 25;

    private static final int MOST_IN_OLDER = 100;

    /** The schema's own pattern, which takes "_" too, and by a slip what stands between the letters of either case. */
    private static final Pattern DOMAIN = Pattern.compile(
            "(\\*\\.)?([A-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.)+[A-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.?");

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

    /** Without a selector of namespaces pods of every namespace are meant. */
    private static final ObjectSchema PODS = ObjectSchema.empty()
            .with("namespaceSelector", SELECTOR)
            .with("podSelector", SELECTOR)
            .requiring("podSelector");

    private static final ObjectSchema OLDER_PODS = PODS.requiring("namespaceSelector", "podSelector");

    private static final ObjectSchema SUBJECT = subject(PODS);
    private static final ObjectSchema OLDER_SUBJECT = subject(OLDER_PODS);

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
            .with("destinationNamedPort", Schema.TEXT)
            .withExactlyOneOf("tcp", "udp", "sctp", "destinationNamedPort");

    private static final ObjectSchema OLDER_PORT = ObjectSchema.empty()
            .with(
                    "portNumber",
                    ObjectSchema.empty()
                            .with("protocol", Schema.TEXT)
                            .with("port", ANY_PORT)
                            .requiring("port"))
            .with("portRange", range().with("protocol", Schema.TEXT))
            .with("namedPort", Schema.TEXT)
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
            .with("subject", OLDER_SUBJECT)
            .with("ingress", rules(Direction.INGRESS, false, true, "Allow", "Deny", "Pass"))
            .with("egress", rules(Direction.EGRESS, false, true, "Allow", "Deny", "Pass"))
            .requiring("priority", "subject"));

    static final Schema BASELINE_ADMIN = object(ObjectSchema.empty()
            .with("subject", OLDER_SUBJECT)
            .with("ingress", rules(Direction.INGRESS, false, false, "Allow", "Deny"))
            .with("egress", rules(Direction.EGRESS, false, false, "Allow", "Deny"))
            .requiring("subject"));

    private AdminSchema() {}

    private static ObjectSchema subject(ObjectSchema pods) {
        return ObjectSchema.empty()
                .with("namespaces", SELECTOR)
                .with("pods", pods)
                .withExactlyOneOf("namespaces", "pods");
    }

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
        ObjectSchema peer = ObjectSchema.empty().with("namespaces", SELECTOR).with("pods", newer ? PODS : OLDER_PODS);
        if (direction == Direction.EGRESS) {
            peer = peer.with("networks", set(some(text(AdminSchema::mistakeInBlock), MOST)))
                    .with("nodes", SELECTOR);
            if (withDomains) {
                peer = peer.with("domainNames", set(some(text(AdminSchema::mistakeInDomain), MOST)));
            }
        }
        ObjectSchema rule = ObjectSchema.empty()
                .with("name", text(LONGEST_NAME))
                .with("action", oneOf(actions))
                .with(direction.peers(), some(oneField(peer), most))
                .requiring("action", direction.peers());
        return list(
                newer
                        ? rule.with("protocols", some(PROTOCOL, MOST))
                        : withoutNamesOutside(rule.with("ports", some(OLDER_PORT, most))),
                most);
    }

    /** The older kinds take no name of a port where a peer may be something else than a pod (OTHER-POLICIES C13). */
    private static Schema withoutNamesOutside(ObjectSchema rule) {
        return (value, path, notes) -> {
            rule.check(value, path, notes);
            boolean outside = StreamSupport.stream(value.path("to").spliterator(), false)
                    .anyMatch(peer -> peer.has("networks") || peer.has("nodes") || peer.has("domainNames"));
            boolean byName = StreamSupport.stream(value.path("ports").spliterator(), false)
                    .anyMatch(port -> port.has("namedPort"));
            if (outside && byName) {
                notes.problem(
                        path,
                        "names a port beside networks, nodes or domainNames, which have none: write its number, or a"
                                + " rule for each");
            }
        };
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

    private static Optional<String> mistakeInBlock(String text) {
        return text.length() <= LONGEST_BLOCK
                ? StrictCidr.mistakeIn(text)
                : Optional.of(
                        Quoted.of(text) + " is no address block: write one such as 192.0.2.0/24 or 2001:db8::/32");
    }

    private static Optional<String> mistakeInDomain(String text) {
        return text.length() <= LONGEST_DOMAIN && DOMAIN.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(
                        "is not a domain name of two parts or more: write one such as example.com or *.example.com");
    }
}
