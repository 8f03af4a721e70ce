package dev.flowguard.kubernetes.cilium;

import static dev.flowguard.kubernetes.schema.Schema.ANYTHING;
import static dev.flowguard.kubernetes.schema.Schema.BOOLEAN;
import static dev.flowguard.kubernetes.schema.Schema.TEXT;
import static dev.flowguard.kubernetes.schema.Schema.integer;
import static dev.flowguard.kubernetes.schema.Schema.list;
import static dev.flowguard.kubernetes.schema.Schema.map;
import static dev.flowguard.kubernetes.schema.Schema.oneOf;
import static dev.flowguard.kubernetes.schema.Schema.text;

import dev.flowguard.kubernetes.schema.ObjectSchema;
import dev.flowguard.kubernetes.schema.Schema;
import dev.flowguard.policy.cilium.Entity;
import java.util.Arrays;

/**
 * The schemas of CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy and CiliumCIDRGroup ({@code cilium.io/v2}), as far as what they
 * hold bears on traffic (OTHER-POLICIES L27). They are loose; what only the agent objects to is the matter of {@link AgentCheck}.
 * Fields of older versions that newer ones have dropped are known, for stored objects still have them.
 */
final class CiliumSchema {
    private static final int MOST_PORTS = 40;
    private static final Schema BLOCK = text(CiliumSyntax::mistakeInBlock);
    private static final Schema NAME = text(CiliumSyntax::mistakeInGroupName);
    private static final Schema LABEL_VALUE = text(CiliumSyntax::mistakeInLabelValue);

    private static final ObjectSchema SELECTOR = ObjectSchema.empty()
            .with("matchLabels", map(LABEL_VALUE))
            .with(
                    "matchExpressions",
                    list(ObjectSchema.empty()
                            .with("key", TEXT)
                            .with("operator", oneOf("In", "NotIn", "Exists", "DoesNotExist"))
                            .with("values", list(TEXT))
                            .requiring("key", "operator")));

    private static final ObjectSchema CIDR_RULE = ObjectSchema.empty()
            .with("cidr", BLOCK)
            .with("cidrGroupRef", NAME)
            .with("cidrGroupSelector", SELECTOR)
            .with("except", list(BLOCK))
            .withExactlyOneOf("cidr", "cidrGroupRef", "cidrGroupSelector");

    private static final ObjectSchema PORT = ObjectSchema.empty()
            .with("port", text(CiliumSyntax::mistakeInPort))
            .with("endPort", integer(0, 65535))
            .with("protocol", oneOf("TCP", "UDP", "SCTP", "VRRP", "IGMP", "GRE", "IPIP", "IPV6", "ESP", "AH", "ANY"));

    private static final ObjectSchema DOMAIN = ObjectSchema.empty()
            .with("matchName", text(name -> CiliumSyntax.mistakeInDomain(name, false)))
            .with("matchPattern", text(pattern -> CiliumSyntax.mistakeInDomain(pattern, true)))
            .withExactlyOneOf("matchName", "matchPattern");

    private static final ObjectSchema L7 = ObjectSchema.empty()
            .with("http", list(http()))
            .with("dns", list(DOMAIN))
            .with("kafka", list(ANYTHING))
            .with("l7", list(ANYTHING))
            .with("l7proto", TEXT)
            .withSomeOf("http", "dns", "kafka", "l7proto");

    private static final ObjectSchema ALLOWED_PORTS = ObjectSchema.empty()
            .with("ports", list(PORT, MOST_PORTS))
            .with("rules", L7)
            .with("listener", listener())
            .with("terminatingTLS", ObjectSchema.empty().and(tls()).requiring("secret"))
            .with("originatingTLS", ObjectSchema.empty().and(tls()).requiring("secret"))
            .with("serverNames", list(text(name -> CiliumSyntax.mistakeInDomain(name, true))));

    private static final ObjectSchema DENIED_PORTS = ObjectSchema.empty().with("ports", list(PORT));

    private static final ObjectSchema ICMP = ObjectSchema.empty()
            .with(
                    "fields",
                    list(
                            ObjectSchema.empty()
                                    .with("family", oneOf("IPv4", "IPv6"))
                                    .with("type", CiliumSyntax::checkIcmpType)
                                    .requiring("type"),
                            MOST_PORTS));

    private static final ObjectSchema EVERY_RULE = ObjectSchema.empty().with("icmps", list(ICMP));

    private static final ObjectSchema FROM = EVERY_RULE.and(peers("from"));

    private static final ObjectSchema TO = EVERY_RULE
            .and(peers("to"))
            .with(
                    "toServices",
                    list(ObjectSchema.empty()
                            .with(
                                    "k8sService",
                                    ObjectSchema.empty()
                                            .with("serviceName", TEXT)
                                            .with("namespace", TEXT))
                            .with(
                                    "k8sServiceSelector",
                                    ObjectSchema.empty()
                                            .with("selector", SELECTOR)
                                            .with("namespace", TEXT)
                                            .requiring("selector"))));

    private static final ObjectSchema ALLOW = ObjectSchema.empty()
            .with("toPorts", list(ALLOWED_PORTS))
            .with(
                    "authentication",
                    ObjectSchema.empty()
                            .with("mode", oneOf("disabled", "required", "test-always-fail"))
                            .requiring("mode"));

    private static final ObjectSchema DENY = ObjectSchema.empty().with("toPorts", list(DENIED_PORTS));

    /** Of one spec. */
    static final ObjectSchema SPEC = ObjectSchema.empty()
            .with("endpointSelector", SELECTOR)
            .with("nodeSelector", SELECTOR)
            .with("ingress", list(FROM.and(ALLOW)))
            .with("ingressDeny", list(FROM.and(DENY)))
            .with("egress", list(TO.and(ALLOW).with("toFQDNs", list(DOMAIN))))
            .with("egressDeny", list(TO.and(DENY)))
            .with(
                    "enableDefaultDeny",
                    ObjectSchema.empty().with("ingress", BOOLEAN).with("egress", BOOLEAN))
            .with("labels", ANYTHING)
            .with("description", TEXT)
            .with("log", ANYTHING)
            .withExactlyOneOf("endpointSelector", "nodeSelector")
            .withSomeOf("ingress", "ingressDeny", "egress", "egressDeny");

    /** Of the object, without what is alike in all objects. */
    static final ObjectSchema POLICY =
            body().with("spec", SPEC).with("specs", list(SPEC)).withSomeOf("spec", "specs");

    static final ObjectSchema CIDR_GROUP = body().with(
                    "spec",
                    ObjectSchema.empty().with("externalCIDRs", list(BLOCK)).requiring("externalCIDRs"))
            .requiring("spec");

    private CiliumSchema() {}

    private static ObjectSchema body() {
        return ObjectSchema.empty()
                .with("apiVersion", ANYTHING)
                .with("kind", ANYTHING)
                .with("metadata", ANYTHING)
                .with("status", ANYTHING);
    }

    private static ObjectSchema peers(String way) {
        return ObjectSchema.empty()
                .with(way + "Endpoints", list(SELECTOR))
                .with(way + "Requires", list(SELECTOR, 0))
                .with(
                        way + "Entities",
                        list(oneOf(Arrays.stream(Entity.values())
                                .map(Entity::spelling)
                                .toArray(String[]::new))))
                .with(way + "CIDR", list(BLOCK))
                .with(way + "CIDRSet", list(CIDR_RULE))
                .with(way + "Nodes", list(SELECTOR))
                .with(way + "Groups", list(ANYTHING));
    }

    private static ObjectSchema http() {
        return ObjectSchema.empty()
                .with("path", TEXT)
                .with("method", TEXT)
                .with("host", TEXT)
                .with("headers", list(TEXT))
                .with(
                        "headerMatches",
                        list(ObjectSchema.empty()
                                .with("name", text(CiliumSyntax::mistakeInEmpty))
                                .with("mismatch", oneOf("LOG", "ADD", "DELETE", "REPLACE"))
                                .with("secret", secret())
                                .with("value", TEXT)
                                .requiring("name")));
    }

    private static ObjectSchema listener() {
        return ObjectSchema.empty()
                .with("name", text(CiliumSyntax::mistakeInEmpty))
                .with(
                        "envoyConfig",
                        ObjectSchema.empty()
                                .with("kind", oneOf("CiliumEnvoyConfig", "CiliumClusterwideEnvoyConfig"))
                                .with("name", text(CiliumSyntax::mistakeInEmpty))
                                .requiring("name"))
                .with("priority", integer(1, 100))
                .requiring("envoyConfig", "name");
    }

    private static ObjectSchema tls() {
        return ObjectSchema.empty()
                .with("secret", secret())
                .with("trustedCA", TEXT)
                .with("certificate", TEXT)
                .with("privateKey", TEXT);
    }

    private static ObjectSchema secret() {
        return ObjectSchema.empty().with("name", TEXT).with("namespace", TEXT).requiring("name");
    }
}
