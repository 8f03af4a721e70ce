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
     * @param assumptions sentences for people, for what could not be looked up
     */
    record Ruled(List<RuledPolicy> policies, List<String> assumptions) implements Mapping {
        public Ruled {
            policies = List.copyOf(policies);
            assumptions = List.copyOf(assumptions);
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
     * It surely has no effect on pods.
     *
     * @param place the field for which that is so, where it is one
     * @param why a clause for people, which follows "has no effect: "
     * @param onNodes what it may come to there, which selects no pods
     */
    record Ignored(Cause cause, String place, String why, List<RuledPolicy> onNodes) implements Mapping {
        /** What keeps it from having one. */
        public enum Cause {
            /** The cluster's network plugin does not read policies of its kind. */
            OTHER_PLUGIN,
            /** The plugin's agent refuses the whole of it, though the API server took it. */
            REFUSED,
            /** It is for nodes and what passes through them. */
            NOT_FOR_PODS
        }

        public Ignored {
            onNodes = List.copyOf(onNodes);
        }

        public Ignored(Cause cause, String place, String why) {
            this(cause, place, why, List.of());
        }

        public static Ignored ofOtherPlugin(String why) {
            return new Ignored(Cause.OTHER_PLUGIN, "", why);
        }

        @Override
        public <T> T match(Function<Ruled, T> ruled, Function<Ignored, T> ignored, Function<Unclear, T> unclear) {
            return ignored.apply(this);
        }
    }

    /**
     * It may mean anything to the pods of its namespace, or where it has none to all pods.
     *
     * @param unreadable the fields that cannot be read, where it is for such
     * @param why a clause for people, which follows "is not evaluated: "
     */
    record Unclear(List<UnreadablePart> unreadable, String why) implements Mapping {
        public Unclear {
            unreadable = List.copyOf(unreadable);
        }

        public Unclear(String why) {
            this(List.of(), why);
        }

        @Override
        public <T> T match(Function<Ruled, T> ruled, Function<Ignored, T> ignored, Function<Unclear, T> unclear) {
            return unclear.apply(this);
        }
    }
}
