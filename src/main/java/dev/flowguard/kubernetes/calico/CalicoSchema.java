package dev.flowguard.kubernetes.calico;

import static dev.flowguard.kubernetes.schema.Schema.ANYTHING;
import static dev.flowguard.kubernetes.schema.Schema.BOOLEAN;
import static dev.flowguard.kubernetes.schema.Schema.TEXT;
import static dev.flowguard.kubernetes.schema.Schema.integer;
import static dev.flowguard.kubernetes.schema.Schema.list;
import static dev.flowguard.kubernetes.schema.Schema.oneOf;

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

    private static final Schema SELECTOR = Schema.text(text -> text.length() <= LONGEST_SELECTOR
            ? Optional.empty()
            : Optional.of("has " + text.length() + " characters: at most " + LONGEST_SELECTOR
                    + " are allowed, split the policy"));

    private static final ObjectSchema ENTITY = ObjectSchema.empty()
            .with("nets", list(TEXT, MOST_NETS))
            .with("notNets", list(TEXT, MOST_NETS))
            .with("selector", SELECTOR)
            .with("notSelector", SELECTOR)
            .with("namespaceSelector", SELECTOR)
            .with("ports", list(NUMBER_OR_TEXT, MOST_PORTS))
            .with("notPorts", list(NUMBER_OR_TEXT, MOST_PORTS))
            .with("services", ObjectSchema.empty().with("name", TEXT).with("namespace", TEXT))
            .with(
                    "serviceAccounts",
                    ObjectSchema.empty().with("names", list(TEXT)).with("selector", TEXT));

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
                                                    .with("exact", TEXT)
                                                    .with("prefix", TEXT),
                                            MOST_HTTP)))
            .with("metadata", ANYTHING)
            .requiring("action");

    private static final ObjectSchema EVERY_SPEC = ObjectSchema.empty()
            .with("tier", TEXT)
            .with("order", NUMBER)
            .with("selector", SELECTOR)
            .with("serviceAccountSelector", SELECTOR)
            .with("types", list(oneOf("Ingress", "Egress"), 2))
            .with("ingress", list(RULE, MOST_RULES))
            .with("egress", list(RULE, MOST_RULES))
            .with("performanceHints", list(TEXT))
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
            body().with("spec", ObjectSchema.empty().with("nets", list(TEXT)));

    private CalicoSchema() {}

    private static ObjectSchema body() {
        return ObjectSchema.empty()
                .with("apiVersion", ANYTHING)
                .with("kind", ANYTHING)
                .with("metadata", ANYTHING)
                .with("status", ANYTHING);
    }
}
