package dev.flowguard.policy.cilium;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who the other side of a rule is: one peer field, whose entries are a union (OTHER-POLICIES L12). */
public sealed interface CiliumPeers {
    <T> T match(Cases<T> cases);

    /** Those of pods, if it is these that are named. */
    default Stream<CiliumSelector> podSelectors() {
        return this instanceof Endpoints endpoints ? endpoints.selectors().stream() : Stream.empty();
    }

    /** A function for each kind of peers. */
    interface Cases<T> {
        T everybody();

        T nobody();

        T endpoints(Endpoints endpoints);

        T entities(Entities entities);

        T blocks(Blocks blocks);

        T services(Services services);

        T domains(Domains domains);

        T nodes();

        T unclear(Unclear unclear);
    }

    /** No peer field: every peer, where there are ports (OTHER-POLICIES L8). */
    record Everybody() implements CiliumPeers {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.everybody();
        }
    }

    /**
     * A peer field whose list is written out empty, or neither peers nor ports.
     *
     * @param written whether the former
     */
    record Nobody(boolean written) implements CiliumPeers {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.nobody();
        }
    }

    /** {@code fromEndpoints}, {@code toEndpoints}; never empty. */
    record Endpoints(List<CiliumSelector> selectors) implements CiliumPeers {
        public Endpoints {
            selectors = List.copyOf(selectors);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.endpoints(this);
        }
    }

    /** {@code fromEntities}, {@code toEntities}; never empty. */
    record Entities(List<Entity> entities) implements CiliumPeers {
        public Entities {
            entities = List.copyOf(entities);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.entities(this);
        }
    }

    /** {@code fromCIDR}, {@code toCIDRSet} and their like; never empty. */
    record Blocks(List<Block> blocks) implements CiliumPeers {
        public Blocks {
            blocks = List.copyOf(blocks);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.blocks(this);
        }
    }

    /** Addresses without some of them. */
    sealed interface Block {
        List<Cidr> except();

        <T> T match(Function<Written, T> written, Function<Group, T> group, Function<GroupsWith, T> groupsWith);

        /** Whether it holds the addresses of that group. */
        default boolean means(CidrGroup group) {
            return match(
                    written -> false,
                    named -> named.name().equals(group.name()),
                    with -> with.labels().terms().stream()
                            .allMatch(term -> term.requirement().matches(group.labels())));
        }

        /** Written in the rule itself. */
        record Written(Cidr cidr, List<Cidr> except) implements Block {
            public Written {
                except = List.copyOf(except);
            }

            @Override
            public <T> T match(
                    Function<Written, T> written, Function<Group, T> group, Function<GroupsWith, T> groupsWith) {
                return written.apply(this);
            }
        }

        /** The CiliumCIDRGroup of that name. */
        record Group(String name, List<Cidr> except) implements Block {
            public Group {
                except = List.copyOf(except);
            }

            @Override
            public <T> T match(
                    Function<Written, T> written, Function<Group, T> group, Function<GroupsWith, T> groupsWith) {
                return group.apply(this);
            }
        }

        /** The CiliumCIDRGroups with these labels. */
        record GroupsWith(CiliumSelector labels, List<Cidr> except) implements Block {
            public GroupsWith {
                except = List.copyOf(except);
            }

            @Override
            public <T> T match(
                    Function<Written, T> written, Function<Group, T> group, Function<GroupsWith, T> groupsWith) {
                return groupsWith.apply(this);
            }
        }
    }

    /**
     * {@code toServices}: the pods behind Services with a selector, the addresses behind others (OTHER-POLICIES L23).
     *
     * @param services none where each entry names none
     * @param denied whether the rule denies, where the agent resolves no Service
     */
    record Services(List<Service> services, boolean denied) implements CiliumPeers {
        public Services {
            services = List.copyOf(services);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.services(this);
        }
    }

    /**
     * Services of a namespace, or of all.
     *
     * @param namespace empty for all
     * @param name empty where the labels say which
     * @param labels of the Services, wherever it is said that they come from
     */
    record Service(String namespace, String name, LabelSelector labels) {}

    /** {@code toFQDNs}: addresses that the names were seen to have (OTHER-POLICIES L22). */
    record Domains(List<String> names) implements CiliumPeers {
        public Domains {
            names = List.copyOf(names);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.domains(this);
        }
    }

    /** {@code fromNodes}, {@code toNodes} (OTHER-POLICIES L24). */
    record Nodes() implements CiliumPeers {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.nodes();
        }
    }

    /** Peers that cannot be known from the cluster: groups of a cloud, fields that this version does not know. */
    record Unclear(List<String> fields) implements CiliumPeers {
        public Unclear {
            fields = List.copyOf(fields);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unclear(this);
        }
    }
}
