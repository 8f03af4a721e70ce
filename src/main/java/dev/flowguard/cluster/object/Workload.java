package dev.flowguard.cluster.object;

import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Pods that policy cannot tell apart: of one namespace, with the same labels, named ports and network. Several controllers may
 * make such pods, and one controller may make several workloads (during a rollout, for example).
 *
 * @param index its place in its namespace's shard
 * @param name how people call it within its namespace: the topmost owner, with its kind where the name alone is ambiguous
 * @param owners the topmost owners, ascending; never empty
 * @param labels those that policies of this snapshot can tell apart
 * @param serviceAccount as which they run; empty where nothing tells pods apart by that
 * @param addresses of its live pods, ascending; empty where there are none or they have none yet
 * @param livePods how many pods there are now, which for templates alone is 0
 */
public record Workload(
        String namespace,
        int index,
        String name,
        List<Owner> owners,
        Labels labels,
        List<NamedPort> ports,
        boolean hostNetwork,
        String serviceAccount,
        List<Address> addresses,
        int livePods) {
    public Workload {
        owners = List.copyOf(owners);
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
    }

    /** Whether it can never be more than one pod, so that it has no other pod of itself to talk to. */
    public boolean isLonePod() {
        return livePods == 1 && owners.size() == 1 && owners.get(0).isBarePod();
    }

    public boolean has(Address address) {
        return Collections.binarySearch(addresses, address) >= 0;
    }

    /** How many of its pods' addresses lie in the range. */
    public int addressesIn(AddressRange range) {
        int below = Collections.binarySearch(addresses, range.first());
        int upTo = Collections.binarySearch(addresses, range.last());
        return (upTo >= 0 ? upTo + 1 : -upTo - 1) - (below >= 0 ? below : -below - 1);
    }

    /** Whether one of its addresses is of that family; false while it has no pod with an address. */
    public boolean has(IpFamily family) {
        return !addresses.isEmpty()
                && (addresses.get(0).family() == family
                        || addresses.get(addresses.size() - 1).family() == family);
    }

    /** The ports of that name and protocol, in the order of the containers. */
    public List<NamedPort> portsNamed(String name, Protocol protocol) {
        return ports.stream()
                .filter(port -> port.protocol() == protocol && port.name().equals(name))
                .toList();
    }

    /** As EndpointSlices do: the first port of that name and protocol (SEMANTICS Q13); those of plain init containers never. */
    public Optional<Integer> servingPort(String name, Protocol protocol) {
        return portsNamed(name, protocol).stream()
                .filter(port -> port.container() != NamedPort.Container.INIT)
                .map(NamedPort::number)
                .findFirst();
    }

    /** Of what tells the workloads of a snapshot apart, as there may be thousands of addresses. */
    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + index;
    }

    /** {@code namespace/name}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
