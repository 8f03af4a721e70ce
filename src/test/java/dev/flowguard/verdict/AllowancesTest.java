package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.testing.RandomCluster;
import dev.flowguard.testing.Scenario;
import dev.flowguard.verdict.match.AddressAllowance;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.reach.Allowances;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compared with the verdict engine, port by port and address by address, on clusters out of seeds. */
class AllowancesTest {
    private static final int CLUSTERS = 1_000;
    private static final List<Integer> NOTABLE_PORTS = List.of(1, 53, 79, 80, 81, 91, 443, 8080, 8082, 9000, 65535);

    @Test
    @DisplayName("between workloads the answers are those of Reachability, on every port")
    void agreesBetweenWorkloads() {
        Map<Answer, Integer> met = new EnumMap<>(Answer.class);
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario.check(seed, scenario -> compareWorkloads(scenario.snapshot(), met));
        }
        assertThat(met.keySet()).containsExactlyInAnyOrder(Answer.values());
        assertThat(met.values()).as("each answer is common: %s", met).allMatch(count -> count > 20 * CLUSTERS);
    }

    private static void compareWorkloads(Snapshot cluster, Map<Answer, Integer> met) {
        Allowances allowances = new Allowances(cluster, cluster);
        Reachability reachability = new Reachability(cluster, cluster);
        List<Workload> workloads = allowances.workloads();
        for (int from = 0; from < workloads.size(); from++) {
            for (int to = 0; to < workloads.size(); to++) {
                if (from == to && workloads.get(from).isLonePod()) {
                    continue;
                }
                Allowance found = allowances.between(from, to);
                Endpoint source = new Endpoint.Pods(workloads.get(from));
                Endpoint destination = new Endpoint.Pods(workloads.get(to));
                List<IpFamily> families = families(cluster, workloads.get(from), workloads.get(to));
                for (Protocol protocol : PortSet.PROTOCOLS) {
                    for (int port : NOTABLE_PORTS) {
                        Answer expected = onEach(
                                families,
                                family -> reachability.answer(
                                        new Pair(source, destination, traffic(protocol, port, family))));
                        if (found.answer(protocol, port) != expected) {
                            assertThat(found.answer(protocol, port))
                                    .as("%s -> %s on %d/%s", source, destination, port, protocol)
                                    .isEqualTo(expected);
                        }
                        met.merge(expected, 1, Integer::sum);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("with the outside the answers are those of Reachability, at every address where they may change")
    void agreesWithTheOutside() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario.check(seed, scenario -> compareOutside(scenario.snapshot()));
        }
    }

    private static void compareOutside(Snapshot cluster) {
        Allowances allowances = new Allowances(cluster, cluster);
        Reachability reachability = new Reachability(cluster, cluster);
        for (int number = 0; number < allowances.workloads().size(); number++) {
            Endpoint pods = new Endpoint.Pods(allowances.workloads().get(number));
            for (Direction direction : Direction.values()) {
                for (AddressAllowance part : allowances.outside(number, direction)) {
                    for (Address address : notableIn(part.range(), cluster)) {
                        Endpoint outside = new Endpoint.Addresses(AddressRange.of(address), kind(cluster, address));
                        boolean egress = direction == Direction.EGRESS;
                        for (int port : NOTABLE_PORTS) {
                            Traffic traffic = traffic(Protocol.TCP, port, address.family());
                            Pair pair = new Pair(egress ? pods : outside, egress ? outside : pods, traffic);
                            assertThat(part.allowance().answer(Protocol.TCP, port))
                                    .as("%s", pair)
                                    .isEqualTo(reachability.answer(pair));
                        }
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("the parts of the outside hold every address that is nobody's in the cluster, once")
    void leavesNoAddressOut() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario.check(seed, scenario -> {
                Snapshot cluster = scenario.snapshot();
                Allowances allowances = new Allowances(cluster, cluster);
                for (int number = 0; number < allowances.workloads().size(); number++) {
                    Workload workload = allowances.workloads().get(number);
                    for (Direction direction : Direction.values()) {
                        List<AddressAllowance> parts = allowances.outside(number, direction);
                        strangers(cluster)
                                .filter(address -> cluster.hasAddresses(workload, address.family()))
                                .forEach(address -> assertThat(parts.stream()
                                                .filter(part -> part.range().contains(address))
                                                .count())
                                        .as("%s of %s", address, parts)
                                        .isEqualTo(1));
                    }
                }
            });
        }
    }

    /** YES or NO only where all answers are that. */
    private static Answer onEach(List<IpFamily> families, Function<IpFamily, Answer> answer) {
        List<Answer> answers = families.stream().map(answer).distinct().toList();
        return answers.isEmpty() ? Answer.NO : answers.size() == 1 ? answers.get(0) : Answer.UNKNOWN;
    }

    private static List<IpFamily> families(Snapshot cluster, Workload from, Workload to) {
        return Stream.of(IpFamily.values())
                .filter(family -> cluster.hasAddresses(from, family) && cluster.hasAddresses(to, family))
                .toList();
    }

    private static Stream<Address> strangers(Snapshot cluster) {
        return RandomCluster.strangers().stream()
                .map(cidr -> cidr.base())
                .filter(address -> !cluster.isClusterAddress(address));
    }

    /** Addresses of the range that are no pod's; a node's only where the range is that alone. */
    private static List<Address> notableIn(AddressRange range, Snapshot cluster) {
        return Stream.concat(strangers(cluster), Stream.of(range.first(), range.last()))
                .filter(range::contains)
                .filter(address ->
                        cluster.isNodeAddress(address) ? range.isSingle() : !cluster.isClusterAddress(address))
                .distinct()
                .toList();
    }

    private static Endpoint.Addresses.Kind kind(Snapshot cluster, Address address) {
        return cluster.isNodeAddress(address) ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.OUTSIDE;
    }

    private static Traffic traffic(Protocol protocol, int port, IpFamily family) {
        return new Traffic(protocol, PortRange.of(port), family, Route.DIRECT);
    }
}
