package dev.flowguard.contract;

import dev.flowguard.net.Quoted;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.PortName;
import java.util.List;
import java.util.Optional;

/** How the ports of a flow may be declared; that depends on who is reached. */
public enum PortRule {
    /** Ports of the Service, one by one, by number or name; where none is given, all that it has. */
    OF_SERVICE(true),
    /** Ports of the pods, in the shape of NetworkPolicyPort. */
    OF_PODS(false),
    /** The same for addresses outside the cluster and for nodes, but for names, which only a pod could resolve (SEMANTICS Q15). */
    OF_ADDRESSES(false),
    /** None: a well-known destination is found together with its ports. */
    OF_WELL_KNOWN(true);

    private final boolean mayBeLeftOut;

    PortRule(boolean mayBeLeftOut) {
        this.mayBeLeftOut = mayBeLeftOut;
    }

    public static PortRule towards(FlowEnd to) {
        return to.match(
                pods -> OF_PODS,
                ownedBy -> OF_PODS,
                service -> OF_SERVICE,
                outside -> OF_ADDRESSES,
                wellKnown -> wellKnown.name() == FlowEnd.WellKnown.Name.NODES ? OF_ADDRESSES : OF_WELL_KNOWN);
    }

    /** Whether a flow that must be possible may be declared without ports. */
    public boolean mayBeLeftOut() {
        return mayBeLeftOut;
    }

    /** Why that port cannot be declared here, as a sentence; empty if it can. */
    public Optional<String> objectionTo(PortMatch port) {
        return switch (this) {
            case OF_SERVICE ->
                port.match(
                        numbered -> numbered.fromEndPort()
                                ? Optional.of("a Service has single ports: expected a number or a name, not a range")
                                : Optional.empty(),
                        named -> PortName.isDigits(named.name())
                                ? PortName.mistakeIn(named.name())
                                : DnsLabel.mistakeIn(named.name(), "the name of a Service's port"),
                        every -> Optional.of("expected the number or name of a port of the Service;"
                                + " all of them are meant where none is given"),
                        unknown -> Optional.empty());
            case OF_PODS ->
                port.match(
                        numbered -> Optional.empty(),
                        named -> PortName.mistakeIn(named.name()),
                        every -> Optional.empty(),
                        unknown -> Optional.empty());
            case OF_ADDRESSES ->
                port.match(
                        numbered -> Optional.empty(),
                        named -> Optional.of("only a pod can tell which port " + Quoted.of(named.name())
                                + " is: towards addresses expected a number"),
                        every -> Optional.empty(),
                        unknown -> Optional.empty());
            case OF_WELL_KNOWN -> Optional.of("a well-known destination has its own ports: expected none here");
        };
    }

    /** The ports of a flow towards such an end, none of which is objected to; every port where the list is empty. */
    public FlowPorts declare(List<PortMatch> ports) {
        if (ports.isEmpty()) {
            return new FlowPorts.Every();
        }
        return this == OF_SERVICE ? new FlowPorts.OfService(ports) : new FlowPorts.OfPods(ports);
    }
}
