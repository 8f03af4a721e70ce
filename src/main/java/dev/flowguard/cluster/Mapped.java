package dev.flowguard.cluster;

import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A policy object with what it comes down to, and what it looked at to say so.
 *
 * @param looked the types of inputs that it asked for
 * @param lookedAtNamespaces whether it asked for the labels of namespaces
 */
public record Mapped(PolicySource source, Mapping mapping, Set<Class<?>> looked, boolean lookedAtNamespaces) {
    public Mapped {
        looked = Set.copyOf(looked);
    }

    static Mapped of(PolicySource source, Surroundings around) {
        Watched watched = new Watched(around);
        Mapping mapping = source.mapping(watched);
        return new Mapped(source, mapping, watched.looked, watched.atNamespaces);
    }

    /** Whether it may come to something else where these inputs come or go. */
    boolean mayDependOn(Collection<SideInput> inputs, Surroundings around) {
        return inputs.stream().anyMatch(input -> looked.contains(input.getClass()) && source.dependsOn(input, around));
    }

    /** The same object as before where it comes to the same, so that whoever compares sees at once that nothing has changed. */
    Mapped or(Mapped earlier) {
        return mapping.equals(earlier.mapping) ? new Mapped(source, earlier.mapping, looked, lookedAtNamespaces) : this;
    }

    List<RuledPolicy> policies() {
        return mapping.match(Mapping.Ruled::policies, Mapping.Ignored::onNodes, unclear -> List.of());
    }

    /** Whether anything is to be told of it beside its rules. */
    boolean hasAside() {
        return mapping.match(ruled -> !ruled.assumptions().isEmpty(), ignored -> true, unclear -> true);
    }

    /** Keeps what is asked. */
    private static final class Watched implements Surroundings {
        private final Surroundings around;
        private final Set<Class<?>> looked = new HashSet<>();
        private boolean atNamespaces;

        Watched(Surroundings around) {
            this.around = around;
        }

        @Override
        public Plugin plugin() {
            return around.plugin();
        }

        @Override
        public <T extends SideInput> List<T> inputs(Class<T> type) {
            looked.add(type);
            return around.inputs(type);
        }

        @Override
        public SortedMap<String, Labels> namespaces() {
            atNamespaces = true;
            return around.namespaces();
        }
    }
}
