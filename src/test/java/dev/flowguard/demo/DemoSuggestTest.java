package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DemoSuggestTest {
    @Test
    @DisplayName("the suggested contracts can be read back, and added to the demo shop all their flows are satisfied")
    void isSatisfied() throws IOException {
        String yaml = Demo.run("suggest").out();
        LoadedManifests suggested = Manifests.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        List<Observation> demo = Manifests.read(Demo.FOLDER, false).observations();
        Snapshot both = new ClusterModel(ClusterSettings.DEFAULT)
                .apply(Stream.concat(demo.stream(), suggested.observations().stream())
                        .toList());

        assertThat(suggested.problems()).isEmpty();
        assertThat(both.contracts()).allMatch(contract -> contract.problems().isEmpty());
        assertThat(new StateAssessor(both).assess())
                .hasSizeGreaterThan(35)
                .allMatch(standing -> standing.state() == FlowState.SATISFIED);
    }

    @Test
    @DisplayName("the same state gets the same suggestion")
    void isDeterministic() {
        assertThat(Demo.run("suggest").out()).isEqualTo(Demo.run("suggest").out());
    }
}
