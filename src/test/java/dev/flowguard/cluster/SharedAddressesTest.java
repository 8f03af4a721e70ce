package dev.flowguard.cluster;

import static dev.flowguard.testing.Given.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.net.Address;
import dev.flowguard.testing.Dice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedAddressesTest {
    private static final int NAMESPACES = 200;
    private static final int ADDRESSES = 40;

    private static final int EVENTS = 304;

    /** So near to one another, snapshots are answered by an index of one of them; those before and after are not. */
    private static final int NEAR = 8;

    @Test
    @DisplayName("every snapshot knows where its own addresses are, in whatever order snapshots are asked")
    void eachItsOwn() {
        Dice dice = new Dice(7);
        ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);
        for (int namespace = 0; namespace < NAMESPACES; namespace++) {
            model.apply(pod("n" + namespace + "/fixed", "app=fixed")
                    .ip("10.1.0." + namespace)
                    .observations());
        }
        List<Snapshot> snapshots = new ArrayList<>();
        for (int event = 0; event < EVENTS; event++) {
            snapshots.add(model.apply(pod("n" + dice.below(NAMESPACES) + "/moving", "app=moving")
                    .ip(address(dice.below(ADDRESSES)))
                    .observations()));
        }
        for (int first = 0; first < EVENTS; first += NEAR) {
            Collections.shuffle(snapshots.subList(first, first + NEAR), new Random(first));
        }

        for (Snapshot snapshot : snapshots) {
            for (int number = 0; number < ADDRESSES; number++) {
                Address address = Address.parse(address(number));
                assertThat(snapshot.isClusterAddress(address))
                        .isEqualTo(!holders(snapshot, address).isEmpty());
                assertThat(snapshot.workloadAt(address).map(Workload::toString))
                        .isEqualTo(holders(snapshot, address).stream().findFirst());
            }
        }
    }

    private static String address(int number) {
        return "10.2.0." + number;
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
