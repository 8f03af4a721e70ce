package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.net.PortRange;
import dev.flowguard.policy.PortMatch;
import java.util.Optional;

/** A port of a rule in its place. */
public record RulePort(RuleSite rule, int index, PortMatch port) {
    /** The path of the port entry, as {@code spec.egress[0].ports[1]}. */
    public String place() {
        return "spec." + shortPlace();
    }

    /** The path within the spec, as {@code egress[0].ports[1]}. */
    public String shortPlace() {
        return rule.shortPlace() + ".ports[" + index + "]";
    }

    /** The port's name, where it has one. */
    public Optional<PortMatch.Named> named() {
        return port.match(
                numbered -> Optional.empty(), Optional::of, every -> Optional.empty(), unknown -> Optional.empty());
    }

    /** The port's number, where it is just one. */
    public Optional<PortMatch.Numbered> single() {
        return numbered().filter(numbered -> numbered.ports().isSingle());
    }

    Optional<PortMatch.Numbered> numbered() {
        return port.match(
                Optional::of, named -> Optional.empty(), every -> Optional.empty(), unknown -> Optional.empty());
    }

    /** Whether the entry opens that port, on a pod whose names are not asked. */
    public boolean opens(dev.flowguard.net.Protocol protocol, int number) {
        return port.match(
                numbered -> numbered.protocol() == protocol && numbered.ports().contains(PortRange.of(number)),
                named -> false,
                every -> every.protocol() == protocol,
                unknown -> true);
    }
}
