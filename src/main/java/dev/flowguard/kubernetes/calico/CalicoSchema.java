package dev.flowguard.kubernetes.calico;

import static dev.flowguard.kubernetes.schema.Schema.ANYTHING;
import static dev.flowguard.kubernetes.schema.Schema.BOOLEAN;
import static dev.flowguard.kubernetes.schema.Schema.TEXT;
import static dev.flowguard.kubernetes.schema.Schema.integer;
import static dev.flowguard.kubernetes.schema.Schema.list;
import static dev.flowguard.kubernetes.schema.Schema.oneOf;
import static dev.flowguard.kubernetes.schema.Schema.set;
import static dev.flowguard.kubernetes.schema.Schema.some;
import static dev.flowguard.kubernetes.schema.Schema.text;

import dev.flowguard.kubernetes.schema.ObjectSchema;
import dev.flowguard.kubernetes.schema.Schema;
import java.util.Optional;

/** What the schemas of Calico's kinds say (OTHER-POLICIES K29): types, choices and lengths. What fields ask of each other is elsewhere. */
final class CalicoSchema {
    private static final int MOST_RULES = 1024;
    private static final int MOST_NETS = 256;
    private static final int MOST_PORTS = 50;
    private static final int MOST_HTTP = 20;
    private static final int LONGEST_SELECTOR = 1024;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_PATH = 1024;
    private static final int LONGEST_INTERFACE = 15;

    private static final Schema NUMBER = (value, path, notes) -> {
        if (!value.isNumber()) {
            notes.problem(path, value + " is no number: write one such as 100 or 10.5");
        }
    };

    /** A number or a text. */
    private static final Schema NUMBER_OR_TEXT = (value, path, notes) -> {
        if (!value.isIntegralNumber() && !value.isTextual()) {
            notes.problem(path, value + " is neither a number nor a text: write one of them");
        }
    };

    private static final Schema SELECTOR = text(text -> text.length() <= LONGEST_SELECTOR
            ? Optional.empty()
            : Optional.of("has " + text.length() + " characters: at most " + LONGEST_SELECTOR
                    + " are allowed, split the policy"));

    private static final ObjectSchema ENTITY = ObjectSchema.empty()
            .with("nets", set(list(TEXT, MOST_NETS)))
            .with("notNets", set(list(TEXT, MOST_NETS)))
            .with("selector", SELECTOR)
            .with("notSelector", SELECTOR)
            .with("namespaceSelector", SELECTOR)
            .with("ports", list(NUMBER_OR_TEXT, MOST_PORTS))
            .with("notPorts", list(NUMBER_OR_TEXT, MOST_PORTS))
            .with(
                    "services",
                    ObjectSchema.empty().with("name", text(LONGEST_NAME)).with("namespace", text(LONGEST_NAME)))
            .with(
                    "serviceAccounts",
                    ObjectSchema.empty().with("names", set(list(TEXT))).with("selector", TEXT));

    private static final ObjectSchema ICMP =
            ObjectSchema.empty().with("type", integer(0, 254)).with("code", integer(0, 255));

    private static final ObjectSchema RULE = ObjectSchema.empty()
            .with("action", oneOf("Allow", "Deny", "Log", "Pass"))
            .with("ipVersion", integer(4, 6))
            .with("protocol", NUMBER_OR_TEXT)
            .with("notProtocol", NUMBER_OR_TEXT)
            .with("icmp", ICMP)
            .with("notICMP", ICMP)
            .with("source", ENTITY)
            .with("destination", ENTITY)
            .with(
                    "http",
                    ObjectSchema.empty()
                            .with("methods", list(TEXT, MOST_HTTP))
                            .with(
                                    "paths",
                                    list(
                                            ObjectSchema.empty()
                                                    .with("exact", text(LONGEST_PATH))
                                                    .with("prefix", text(LONGEST_PATH)),
                                            MOST_HTTP)))
            .with("metadata", ANYTHING)
            .requiring("action");

    private static final ObjectSchema EVERY_SPEC = ObjectSchema.empty()
            .with("tier", TEXT)
            .with("order", NUMBER)
            .with("selector", SELECTOR)
            .with("serviceAccountSelector", SELECTOR)
            .with("types", some(oneOf("Ingress", "Egress"), 2))
            .with("ingress", list(RULE, MOST_RULES))
            .with("egress", list(RULE, MOST_RULES))
            .with("performanceHints", set(list(oneOf("AssumeNeededOnEveryNode"))))
            .with("stagedAction", oneOf("Set", "Delete", "Learn", "Ignore"));

    static final ObjectSchema NAMESPACED_POLICY = body().with("spec", EVERY_SPEC);

    static final ObjectSchema GLOBAL_POLICY = body().with(
                    "spec",
                    EVERY_SPEC
                            .with("namespaceSelector", SELECTOR)
                            .with("doNotTrack", BOOLEAN)
                            .with("preDNAT", BOOLEAN)
                            .with("applyOnForward", BOOLEAN));

    static final ObjectSchema TIER = body().with(
                    "spec", ObjectSchema.empty().with("order", NUMBER).with("defaultAction", oneOf("Deny", "Pass")));

    static final ObjectSchema NETWORK_SET =
            body().with("spec", ObjectSchema.empty().with("nets", set(list(TEXT))));

    /** What staged policies have beside what they are when enforced. */
    static final ObjectSchema STAGED = ObjectSchema.empty()
            .with(
                    "spec",
                    ObjectSchema.empty()
                            .with("stagedAction", oneOf("Set", "Delete", "Learn", "Ignore"))
                            .with("policyTypes", some(TEXT, 2)));

    static final ObjectSchema HOST_ENDPOINT = body().with(
                    "spec",
                    ObjectSchema.empty()
                            .with("node", text(LONGEST_NAME))
                            .with("interfaceName", text(LONGEST_INTERFACE))
                            .with("expectedIPs", set(list(text(CalicoSyntax::mistakeInAddress))))
                            .with("profiles", set(list(TEXT)))
                            .with(
                                    "ports",
                                    list(ObjectSchema.empty()
                                            .with("name", TEXT)
                                            .with("port", integer(1, CalicoSyntax.HIGHEST_PORT))
                                            .with("protocol", NUMBER_OR_TEXT)
                                            .requiring("name", "port", "protocol")))
                            .requiring("node")
                            .withSomeOf("interfaceName", "expectedIPs"))
            .requiring("spec");

    private CalicoSchema() {}

    private static ObjectSchema body() {
        return ObjectSchema.empty()
                .with("apiVersion", ANYTHING)
                .with("kind", ANYTHING)
                .with("metadata", ANYTHING)
                .with("status", ANYTHING);
    }
}
