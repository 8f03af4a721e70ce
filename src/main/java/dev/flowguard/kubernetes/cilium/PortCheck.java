package dev.flowguard.kubernetes.cilium;

import dev.flowguard.kubernetes.cilium.AgentCheck.Objections;
import dev.flowguard.kubernetes.cilium.Fields.Part;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.cilium.CiliumPolicy.Unless;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the agent objects to in one entry of {@code toPorts}. */
final class PortCheck {
    private static final int MOST = 40;
    private static final Set<String> WITHOUT_PORTS = Set.of("VRRP", "IGMP", "GRE", "IPIP", "IPV6", "ESP", "AH");

    /** What Go's regular expressions do not have. */
    private static final Pattern NOT_IN_GO = Pattern.compile("\\(\\?(=|!|<=|<!|>)|\\\\[1-9]|[*+?}]\\+");

    private final Part entry;
    private final Direction direction;
    private final boolean ofNodes;
    private final Objections objections;

    PortCheck(Part entry, Direction direction, boolean ofNodes, Objections objections) {
        this.entry = entry;
        this.direction = direction;
        this.ofNodes = ofNodes;
        this.objections = objections;
    }

    /** @param denies whether the rule denies, which has nothing but ports */
    void check(boolean denies) {
        List<Part> ports = entry.items("ports");
        if (ports.size() > MOST) {
            objections.refuse(
                    entry.path().field("ports"),
                    "has " + ports.size() + " entries: at most " + MOST + " are allowed, split the list");
        }
        ports.forEach(this::port);
        if (!denies && entry.has("listener")) {
            listener();
        }
        if (!denies && hasRules()) {
            proxied(ports);
        }
    }

    private void port(Part port) {
        String text = port.text("port");
        if (text.isEmpty()) {
            objections.refuse(port.path(), "has no port: write a number or a name, or \"0\" for every port");
        } else if (!CiliumSyntax.isPortName(text)) {
            OptionalInt number = CiliumSyntax.portNumber(text);
            if (number.isEmpty()) {
                objections.refuse(
                        port.path().field("port"),
                        "\"" + text + "\" is neither a port's number, from 0 to 65535, nor its name");
            } else if (WITHOUT_PORTS.contains(port.text("protocol")) && !text.equals("0")) {
                objections.refuse(port.path().field("port"), port.text("protocol") + " has no ports: write \"0\"");
            } else if (!dns().isEmpty() && port.value().path("endPort").asInt() > number.getAsInt()) {
                objections.refuse(port.path().field("endPort"), "DNS rules are for one port: leave endPort out");
            }
        }
    }

    private boolean hasRules() {
        return !http().isEmpty() || !dns().isEmpty();
    }

    private List<Part> http() {
        return entry.field("rules").items("http");
    }

    private List<Part> dns() {
        return entry.field("rules").items("dns");
    }

    private void listener() {
        if (direction == Direction.INGRESS) {
            objections.refuse(entry.path().field("listener"), "is for egress only: take it out");
        }
        if (hasRules()) {
            objections.refuse(entry.path().field("listener"), "goes without rules: take out one of the two");
        }
    }

    private void proxied(List<Part> ports) {
        Part rules = entry.field("rules");
        objections.refuse(rules.path(), "needs the agent's enable-l7-proxy", Unless.PROXY_IS_ON);
        if (ofNodes && (direction == Direction.INGRESS || !http().isEmpty())) {
            objections.refuse(rules.path(), "is not for policies of nodes: take it out");
        }
        if (!http().isEmpty() && !dns().isEmpty()) {
            objections.refuse(rules.path(), "has both http and dns: write an entry of toPorts for each");
        }
        if (direction == Direction.INGRESS && !dns().isEmpty()) {
            objections.refuse(rules.path().field("dns"), "is for egress only: take it out");
        }
        if (!entry.items("serverNames").isEmpty() && !entry.has("terminatingTLS")) {
            objections.refuse(entry.path().field("serverNames"), "goes with rules only where terminatingTLS is given");
        }
        if (!dns().isEmpty() && ports.isEmpty()) {
            objections.refuse(rules.path().field("dns"), "needs a port, which is 53: add it to ports");
        }
        for (Part port : ports) {
            if (dns().isEmpty() && !port.text("protocol").equals("TCP")) {
                objections.refuse(port.path().field("protocol"), "must be TCP where there are HTTP rules: write TCP");
            }
            if (CiliumSyntax.portNumber(port.text("port")).orElse(1) == 0) {
                objections.refuse(port.path().field("port"), "cannot be 0 where there are rules: write the port");
            }
        }
        for (Part http : http()) {
            expression(http, "path");
            expression(http, "method");
        }
    }

    private void expression(Part http, String field) {
        String text = http.text(field);
        try {
            Pattern.compile(text.replace("(?P<", "(?<"));
            if (!NOT_IN_GO.matcher(text).find()) {
                return;
            }
        } catch (PatternSyntaxException e) {
            // Said below, for both.
        }
        objections.refuse(http.path().field(field), "is not a regular expression that the agent can read: correct it");
    }
}
