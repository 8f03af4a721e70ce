package dev.flowguard.policy.chain;

import java.util.List;
import java.util.function.Function;

/** What a policy object comes down to in its cluster. */
public sealed interface Mapping {
    <T> T match(Function<Ruled, T> ruled, Function<Ignored, T> ignored, Function<Unclear, T> unclear);

    /**
     * Its rules are known.
     *
     * @param policies usually one; one object may hold several, each with a subject of its own
     * @param remarks sentences for people about what is assumed
     */
    record Ruled(List<RuledPolicy> policies, List<String> remarks) implements Mapping {
        public Ruled {
            policies = List.copyOf(policies);
            remarks = List.copyOf(remarks);
        }

        public static Ruled of(RuledPolicy policy) {
            return new Ruled(List.of(policy), List.of());
        }

        @Override
        public <T> T match(Function<Ruled, T> ruled, Function<Ignored, T> ignored, Function<Unclear, T> unclear) {
            return ruled.apply(this);
        }
    }

    /**
     * It surely has no effect: its plugin is not the cluster's, or the agent refuses it.
     *
     * @param why a clause for people, which follows "has no effect: "
     */
    record Ignored(String why) implements Mapping {
        @Override
        public <T> T match(Function<Ruled, T> ruled, Function<Ignored, T> ignored, Function<Unclear, T> unclear) {
            return ignored.apply(this);
        }
    }

    /**
     * It may mean anything to the pods of its namespace, or where it has none to all pods.
     *
     * @param why a clause for people, which follows "is not evaluated: "
     */
    record Unclear(String why) implements Mapping {
        @Override
        public <T> T match(Function<Ruled, T> ruled, Function<Ignored, T> ignored, Function<Unclear, T> unclear) {
            return unclear.apply(this);
        }
    }
}
