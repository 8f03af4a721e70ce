package dev.flowguard.cluster;

import static dev.flowguard.testing.Given.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.testing.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AddressIndexTest {
    private static final int NAMESPACES = 60;
    private static final int ADDRESSES = 40;
    private static final int EVENTS = 300;
    private static final AddressRange RANGE = Cidr.parse("10.2.0.0/30").range();
    private static final int RANGE_SIZE = 4;
    private static final AddressRange LONGER_RANGE = Cidr.parse("10.2.0.0/25").range();

    @Test
    @DisplayName("every snapshot knows where its own addresses are, whatever came and went before and after it")
    void eachItsOwn() {
        Dice dice = new Dice(7);
        ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);
        List<Snapshot> snapshots = new ArrayList<>();
        for (int event = 0; event < EVENTS; event++) {
            String pod = "n" + dice.below(NAMESPACES) + "/moving" + dice.below(2);
            List<Observation> seen =
                    pod(pod, "app=moving").ip(address(dice.below(ADDRESSES))).observations();
            boolean goes = dice.below(3) == 0;
            snapshots.add(model.apply(
                    goes
                            ? seen.stream()
                                    .map(each -> Observation.gone(each.object()))
                                    .toList()
                            : seen));
        }

        for (Snapshot snapshot : snapshots) {
            for (int number = 0; number < ADDRESSES; number++) {
                Address address = Address.parse(address(number));
                assertThat(snapshot.isClusterAddress(address))
                        .isEqualTo(!holders(snapshot, address).isEmpty());
                assertThat(snapshot.workloadAt(address).map(Workload::toString))
                        .isEqualTo(holders(snapshot, address).stream().findFirst());
            }
            long known = IntStream.range(0, RANGE_SIZE)
                    .filter(number -> snapshot.isClusterAddress(Address.parse(address(number))))
                    .count();
            assertThat(snapshot.reachesOutside(RANGE)).isEqualTo(known < RANGE_SIZE);
            for (AddressRange range : List.of(RANGE, LONGER_RANGE)) {
                assertThat(snapshot.namespacesWithAddressIn(range))
                        .extracting(NamespaceShard::name)
                        .containsExactlyInAnyOrderElementsOf(holders(snapshot, range));
            }
        }
        assertThat(snapshots.stream().map(Snapshot::namespaces).map(List::size).collect(Collectors.toSet()))
                .as("namespaces came and went")
                .hasSizeGreaterThan(10);
    }

    private static String address(int number) {
        return "10.2.0." + number;
    }

    private static List<String> holders(Snapshot snapshot, AddressRange range) {
        return snapshot.namespaces().stream()
                .filter(shard -> shard.workloads().stream().anyMatch(workload -> workload.addressesIn(range) > 0))
                .map(NamespaceShard::name)
                .toList();
    }

    /** The literal truth, ascending by namespace. */
    private static List<String> holders(Snapshot snapshot, Address address) {
        return snapshot.namespaces().stream()
                .flatMap(shard -> shard.workloads().stream())
                .filter(workload -> workload.addresses().contains(address))
                .map(Workload::toString)
                .toList();
    }
}
