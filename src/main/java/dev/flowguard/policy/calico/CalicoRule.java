package dev.flowguard.policy.calico;

import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import java.util.List;

/**
 * A rule as it is written, with what is absent settled.
 *
 * @param index its place in its section, from 0
 * @param ipVersion 4 or 6; 0 where none is written
 * @param protocol its number; 0 where none is written
 * @param notProtocol likewise
 * @param icmp whether it has an {@code icmp} or {@code notICMP} match
 * @param http whether it has an {@code http} match, of which a proxy decides (OTHER-POLICIES K23)
 * @param unknownFields paths of fields in it that this version does not know
 */
public record CalicoRule(
        int index,
        Action action,
        int ipVersion,
        int protocol,
        int notProtocol,
        boolean icmp,
        Entity source,
        Entity destination,
        boolean http,
        List<String> unknownFields) {
    /** What becomes of what it matches; {@code Log} decides nothing (K1). */
    public enum Action {
        ALLOW("Allow"),
        DENY("Deny"),
        PASS("Pass"),
        LOG("Log");

        private final String spelling;

        Action(String spelling) {
            this.spelling = spelling;
        }

        public String spelling() {
            return spelling;
        }
    }

    public CalicoRule {
        unknownFields = List.copyOf(unknownFields);
    }

    /** The same at another place of its section. */
    CalicoRule at(int place) {
        return new CalicoRule(
                place, action, ipVersion, protocol, notProtocol, icmp, source, destination, http, unknownFields);
    }

    /** The same for one family of addresses, where not being of a protocol means another thing. */
    CalicoRule over(int version, int notProtocolThere) {
        return new CalicoRule(
                index, action, version, protocol, notProtocolThere, icmp, source, destination, http, unknownFields);
    }

    /** Whether it decides all traffic of its direction. */
    public boolean isOfEverything() {
        return ipVersion == 0
                && protocol == 0
                && notProtocol == 0
                && !icmp
                && !http
                && unknownFields.isEmpty()
                && source.equals(Entity.ANY)
                && destination.equals(Entity.ANY);
    }

    /**
     * What a rule asks of one end; all of it must hold, and an empty one is everybody (K13).
     *
     * @param accounts names of service accounts; none: not asked for
     */
    public record Entity(
            CalicoSelector selector,
            CalicoSelector notSelector,
            CalicoSelector namespaceSelector,
            List<String> accounts,
            CalicoSelector accountSelector,
            List<Cidr> nets,
            List<Cidr> notNets,
            PortList ports,
            PortList notPorts,
            Service service) {
        public static final Entity ANY = new Entity(
                CalicoSelector.ABSENT,
                CalicoSelector.ABSENT,
                CalicoSelector.ABSENT,
                List.of(),
                CalicoSelector.ABSENT,
                List.of(),
                List.of(),
                PortList.NONE,
                PortList.NONE,
                Service.NONE);

        public Entity {
            accounts = List.copyOf(accounts);
            nets = List.copyOf(nets);
            notNets = List.copyOf(notNets);
        }

        List<CalicoSelector> selectors() {
            return List.of(selector, notSelector, accountSelector);
        }

        boolean namesAccounts() {
            return !accounts.isEmpty() || !accountSelector.isAbsent();
        }
    }

    /** Ports, by number and by name. */
    public record PortList(List<PortRange> ranges, List<String> names) {
        public static final PortList NONE = new PortList(List.of(), List.of());

        public PortList {
            ranges = List.copyOf(ranges);
            names = List.copyOf(names);
        }

        public boolean isEmpty() {
            return ranges.isEmpty() && names.isEmpty();
        }
    }

    /**
     * A Service by name (K20).
     *
     * @param name empty where none is asked for
     * @param namespace empty where none is written
     */
    public record Service(String namespace, String name) {
        public static final Service NONE = new Service("", "");

        public boolean isAbsent() {
            return name.isEmpty();
        }
    }
}
