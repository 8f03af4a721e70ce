package dev.flowguard.kubernetes.calico;

import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.calico.CalicoSelector;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Calico's API refuses of a rule beyond its schema (OTHER-POLICIES K17, K20 to K23, K29). */
final class RuleCheck {
    private static final String GLOBAL_ALONE =
            "global() cannot be combined with other terms: write it alone, and what else is asked for into selector";
    static final String GLOBAL_ELSEWHERE =
            "global() has a meaning only in the namespaceSelector of a rule's source or destination: write it there";
    private static final Set<Integer> WITH_PORTS = Set.of(6, 17, 132);
    private static final int TCP = 6;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;

    private final Fields rule;
    private final Direction direction;
    private final boolean global;
    private final Notes notes;
    private final int protocol;

    RuleCheck(Fields rule, Direction direction, boolean global, Notes notes) {
        this.rule = rule;
        this.direction = direction;
        this.global = global;
        this.notes = notes;
        this.protocol = CalicoSyntax.protocol(rule.field("protocol").value());
    }

    void check() {
        for (String side : List.of("source", "destination")) {
            entity(rule.field(side), isOther(side));
        }
        protocols();
        families();
        http();
    }

    /** Whether that side is the other end; the own one is the pod that the policy selects. */
    private boolean isOther(String side) {
        return side.equals(direction == Direction.INGRESS ? "source" : "destination");
    }

    private void entity(Fields entity, boolean other) {
        selector(entity.field("selector"), false);
        selector(entity.field("notSelector"), false);
        selector(entity.field("serviceAccounts").field("selector"), false);
        selector(entity.field("namespaceSelector"), true);
        for (String list : List.of("nets", "notNets")) {
            entity.items(list).forEach(net -> net(net, list.equals("notNets")));
        }
        for (String list : List.of("ports", "notPorts")) {
            for (Fields port : entity.items(list)) {
                if (notes.isRight(port.path(), CalicoSyntax.mistakeInPort(port.value()))) {
                    port(port);
                }
            }
        }
        if (entity.has("services")) {
            services(entity, other);
        }
    }

    static void selector(Fields field, Notes notes) {
        if (!field.text().isEmpty()
                && notes.isRight(field.path(), CalicoSyntax.mistakeInSelector(field.text()))
                && field.text().contains("global(")) {
            notes.problem(field.path(), GLOBAL_ELSEWHERE);
        }
    }

    private void selector(Fields field, boolean mayBeGlobal) {
        if (!mayBeGlobal) {
            selector(field, notes);
        } else if (!field.text().isEmpty()
                && notes.isRight(field.path(), CalicoSyntax.mistakeInSelector(field.text()))
                && field.text().contains("global(")
                && !CalicoSelector.parse(field.text()).root().toString().equals("global()")) {
            notes.problem(field.path(), GLOBAL_ALONE);
        }
    }

    private void net(Fields net, boolean negated) {
        String text = net.text();
        if (!notes.isRight(net.path(), CalicoSyntax.mistakeInNet(text))) {
            return;
        }
        Cidr block = CalicoSyntax.net(text).orElseThrow();
        if (text.indexOf('/') < 0) {
            notes.problem(net.path(), text + " is an address: write the block of it alone, " + block);
        } else if (!text.substring(0, text.indexOf('/'))
                        .equalsIgnoreCase(block.base().toString())
                && !isSpelledOtherwise(text, block)) {
            notes.problem(net.path(), text + " has bits behind its prefix: write " + block);
        } else if (negated && block.prefix() == 0) {
            notes.problem(net.path(), "excludes every address, so that the rule matches nothing: leave it out");
        }
    }

    private static boolean isSpelledOtherwise(String text, Cidr block) {
        return CalicoSyntax.net(text.substring(0, text.indexOf('/')))
                .filter(address -> address.base().equals(block.base()))
                .isPresent();
    }

    private void port(Fields port) {
        boolean named = CalicoSyntax.range(port.value()).isEmpty();
        if (rule.has("protocol") ? !WITH_PORTS.contains(protocol) : !named) {
            notes.problem(
                    port.path(),
                    "needs protocol TCP, UDP or SCTP beside it: write that into the rule (ports of all are three rules)");
        }
    }

    private void services(Fields entity, boolean other) {
        Fields services = entity.field("services");
        if (!other) {
            notes.problem(
                    services.path(),
                    "is allowed in the "
                            + (direction == Direction.INGRESS ? "source of ingress" : "destination of egress")
                            + " rules only: move it there");
        }
        if (services.text("name").isEmpty()) {
            notes.problem(services.path().field("name"), "is missing: name the Service");
        }
        if (global && services.text("namespace").isEmpty()) {
            notes.problem(
                    services.path().field("namespace"),
                    "is missing: a global policy has no namespace of its own, write that of the Service");
        }
        for (String field : List.of("selector", "notSelector", "namespaceSelector")) {
            if (!entity.text(field).isEmpty()) {
                exclusive(services.path(), field);
            }
        }
        for (String field : List.of("nets", "notNets")) {
            if (!entity.items(field).isEmpty()) {
                exclusive(services.path(), field);
            }
        }
        if (entity.has("serviceAccounts")) {
            exclusive(services.path(), "serviceAccounts");
        }
        if (entity.path().equals(rule.path().field("destination"))) {
            for (String field : List.of("ports", "notPorts")) {
                if (!entity.items(field).isEmpty()) {
                    exclusive(services.path(), field);
                }
            }
        }
    }

    private void exclusive(FieldPath services, String field) {
        notes.problem(services, "cannot stand beside " + field + ": write a rule for each");
    }

    private void protocols() {
        for (String field : List.of("protocol", "notProtocol")) {
            if (rule.has(field)) {
                notes.isRight(
                        rule.path().field(field),
                        CalicoSyntax.mistakeInProtocol(rule.field(field).value()));
                version(field);
            }
        }
        if (rule.has("icmp") && protocol != ICMP && protocol != ICMPV6) {
            notes.problem(
                    rule.path().field("icmp"), "needs protocol ICMP or ICMPv6 beside it: write that into the rule");
        }
        for (String field : List.of("icmp", "notICMP")) {
            Fields icmp = rule.field(field);
            if (icmp.has("code") && !icmp.has("type")) {
                notes.problem(
                        icmp.path().field("code"), "needs a type beside it: a code means something of one type only");
            }
        }
    }

    private void version(String field) {
        int number = CalicoSyntax.protocol(rule.field(field).value());
        int needed = number == ICMP ? 4 : number == ICMPV6 ? 6 : 0;
        if (needed != 0 && rule.has("ipVersion") && ipVersion() != needed) {
            notes.problem(
                    rule.path().field("ipVersion"),
                    "must be " + needed + " beside " + field + " "
                            + rule.field(field).value().asText());
        }
    }

    private int ipVersion() {
        return rule.field("ipVersion").value().asInt();
    }

    /** A rule is for one family at most, as its blocks say. */
    private void families() {
        if (rule.has("ipVersion") && ipVersion() != 4 && ipVersion() != 6) {
            notes.problem(rule.path().field("ipVersion"), "is " + ipVersion() + ": expected 4 or 6");
            return;
        }
        Set<IpFamily> seen = EnumSet.noneOf(IpFamily.class);
        for (String side : List.of("source", "destination")) {
            for (String list : List.of("nets", "notNets")) {
                for (Fields net : rule.field(side).items(list)) {
                    Optional<IpFamily> family = CalicoSyntax.net(net.text()).map(Cidr::family);
                    family.ifPresent(seen::add);
                    family.filter(each -> rule.has("ipVersion") && (each == IpFamily.IPV4 ? 4 : 6) != ipVersion())
                            .ifPresent(each -> notes.problem(
                                    net.path(), net.text() + " is of another family than ipVersion " + ipVersion()));
                }
            }
        }
        if (seen.size() > 1) {
            notes.problem(rule.path(), "has blocks of IPv4 and of IPv6: write a rule for each family");
        }
    }

    private void http() {
        if (!rule.has("http")) {
            return;
        }
        FieldPath path = rule.path().field("http");
        if (direction == Direction.EGRESS) {
            notes.problem(path, "is not allowed in egress rules: take it out");
        } else if (!rule.text("action").equals("Allow")) {
            notes.problem(path, "is allowed in rules with action Allow only");
        }
        if (rule.has("protocol") && protocol != TCP) {
            notes.problem(path, "needs protocol TCP, or none, beside it");
        }
        for (Fields each : rule.field("http").items("paths")) {
            if (each.text("exact").isEmpty() == each.text("prefix").isEmpty()) {
                notes.problem(each.path(), "needs exactly one of exact and prefix");
            }
        }
    }
}
