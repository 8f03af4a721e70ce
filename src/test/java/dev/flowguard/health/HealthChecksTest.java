package dev.flowguard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.health.ReadinessCondition.State;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private final Switch certificate = new Switch("certificate");
    private final Switch cluster = new Switch("cluster");
    private final Conditions conditions = new Conditions(List.of(cluster, certificate));
    private final ReadyCheck ready = new ReadyCheck(conditions);
    private final StartedCheck started = new StartedCheck(conditions);

    @Test
    void readyWhileEveryConditionHolds() {
        certificate.state = State.met("valid");
        assertThat(ready.call().getStatus()).isEqualTo(Status.DOWN);
        cluster.state = State.met("14 workloads");
        assertThat(ready.call().getStatus()).isEqualTo(Status.UP);
        cluster.state = State.unmet("stale");
        assertThat(ready.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void readinessSaysOfEachConditionWhatWasFound() {
        certificate.state = State.met("valid");

        HealthCheckResponse answer = ready.call();

        assertThat(answer.getData()).contains(Map.of("certificate", "valid", "cluster", "not yet"));
    }

    @Test
    void startedOnceAllHaveHeldAndFromThenOn() {
        assertThat(started.call().getStatus()).isEqualTo(Status.DOWN);
        certificate.state = State.met("valid");
        cluster.state = State.met("14 workloads");
        assertThat(started.call().getStatus()).isEqualTo(Status.UP);
        cluster.state = State.unmet("stale");
        assertThat(started.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void conditionsAreAskedInTheOrderOfTheirNames() {
        assertThat(conditions.ask()).extracting(Conditions.Answer::name).containsExactly("certificate", "cluster");
    }

    private static final class Switch implements ReadinessCondition {
        private final String name;
        private State state = State.unmet("not yet");

        Switch(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public State state() {
            return state;
        }
    }
}
