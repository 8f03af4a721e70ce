package dev.flowguard.verdict.match;

import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Is this end one of those that a policy of another kind than NetworkPolicy speaks of? */
public final class EndsMatcher {
    /** For questions about pods alone, to which traffic does not matter. */
    private static final Traffic ANY_TRAFFIC = new Traffic(Protocol.TCP, PortRange.ALL, IpFamily.IPV4, Route.DIRECT);

    private final Snapshot cluster;
    private final PeerMatcher peers;
    private final Set<Address> apiServer = new HashSet<>();

    public EndsMatcher(Snapshot cluster) {
        this.cluster = cluster;
        this.peers = new PeerMatcher(cluster);
        cluster.namespace(ServiceEntry.API_NAMESPACE).stream()
                .flatMap(shard -> shard.endpoints(ServiceEntry.API_SERVICE).stream())
                .forEach(endpoints -> apiServer.addAll(endpoints.addresses()));
    }

    /** Whether a policy that selects these ends selects the workload: never one on the host network. */
    public Answer selects(Ends subject, Workload workload) {
        return workload.hostNetwork()
                ? Answer.NO
                : match(subject, Direction.EGRESS, new Endpoint.Pods(workload), ANY_TRAFFIC);
    }

    /** Whether the other end, seen in that direction, is one of them. */
    public Answer match(Ends ends, Direction direction, Endpoint other, Traffic traffic) {
        return ends.accept(new Question(direction, other, traffic));
    }

    /** What a question is about: one end, in one direction. */
    private final class Question implements Ends.Cases<Answer> {
        private final Direction direction;
        private final Endpoint end;
        private final Traffic traffic;

        Question(Direction direction, Endpoint end, Traffic traffic) {
            this.direction = direction;
            this.end = end;
            this.traffic = traffic;
        }

        @Override
        public Answer allOf(Ends.AllOf all) {
            Answer answer = Answer.YES;
            for (Ends part : all.parts()) {
                answer = answer.and(part.accept(this));
                if (answer.isNo()) {
                    break;
                }
            }
            return answer;
        }

        @Override
        public Answer anyOf(Ends.AnyOf any) {
            Answer answer = Answer.NO;
            for (Ends part : any.parts()) {
                answer = answer.or(part.accept(this));
                if (answer.isYes()) {
                    break;
                }
            }
            return answer;
        }

        @Override
        public Answer not(Ends.Not not) {
            return not.part().accept(this).negated();
        }

        @Override
        public Answer unclear(Ends.Unclear unclear) {
            return Answer.UNKNOWN;
        }

        @Override
        public Answer pods(Ends.Pods pods) {
            return asPod(workload -> true);
        }

        @Override
        public Answer podLabels(Ends.PodLabels labels) {
            return asPod(workload -> labels.selector().matches(workload.labels()));
        }

        @Override
        public Answer namespaceLabels(Ends.NamespaceLabels labels) {
            return asPod(workload -> labels.selector().matches(cluster.namespaceLabels(workload)));
        }

        @Override
        public Answer inNamespace(Ends.InNamespace namespace) {
            return asPod(workload -> workload.namespace().equals(namespace.name()));
        }

        @Override
        public Answer serviceAccounts(Ends.ServiceAccounts accounts) {
            return ofServiceAccount(accounts.names()::contains);
        }

        private Answer ofServiceAccount(Predicate<String> test) {
            Answer known = asPod(workload -> test.test(workload.serviceAccount()));
            boolean notToldApart =
                    asPod(workload -> workload.serviceAccount().isEmpty()).isYes();
            return notToldApart ? Answer.UNKNOWN : known;
        }

        @Override
        public Answer label(Ends.Label label) {
            if (label.bearer() == Ends.Label.Bearer.SERVICE_ACCOUNT) {
                return ofServiceAccount(name -> label.test().passes(name, label.operand()));
            }
            return asPod(workload -> {
                Labels borne =
                        label.bearer() == Ends.Label.Bearer.POD ? workload.labels() : cluster.namespaceLabels(workload);
                @Nullable String value = borne.get(label.key());
                return value != null && label.test().passes(value, label.operand());
            });
        }

        @Override
        public Answer addresses(Ends.Addresses addresses) {
            return peers.match(addresses, direction, end, traffic);
        }

        @Override
        public Answer family(Ends.OfFamily family) {
            return Answer.of(family.family() == traffic.family());
        }

        @Override
        public Answer nodes(Ends.Nodes nodes) {
            if (mayBeRewritten()) {
                return Answer.UNKNOWN;
            }
            return end.match(
                            pods -> Answer.of(pods.workload().hostNetwork())
                                    .and(labelled(nodes, pods.workload().addresses())),
                            addresses -> switch (addresses.kind()) {
                                case NODE, DECLARED_NODE, NODE_OF_ROUTERS -> labelled(nodes, few(addresses.range()));
                                case PUBLISHED -> unlessNodesAreKnown(Answer.NO);
                                case OUTSIDE ->
                                    nodes.whose() == Ends.Nodes.Whose.ANY ? unlessNodesAreKnown(Answer.NO) : Answer.NO;
                            })
                    .and(
                            switch (nodes.whose()) {
                                case ANY -> Answer.YES;
                                case OWN -> cluster.hasOneNode() ? Answer.YES : ownAmongSeveral();
                                case OTHER -> Answer.of(!cluster.hasOneNode());
                            });
        }

        /**
         * Whoever goes to one of several nodes goes to another than its own, for a workload is not bound to a node; and its own is
         * let in whether or not a rule is for the others (SEMANTICS I16).
         */
        private Answer ownAmongSeveral() {
            return direction == Direction.INGRESS ? Answer.UNKNOWN : Answer.NO;
        }

        @Override
        public Answer outside(Ends.Outside outside) {
            if (mayBeRewritten()) {
                return Answer.UNKNOWN;
            }
            return end.match(pods -> Answer.NO, addresses -> switch (addresses.kind()) {
                case NODE, DECLARED_NODE, NODE_OF_ROUTERS -> Answer.NO;
                case OUTSIDE -> Answer.YES;
                case PUBLISHED -> isResolver(addresses) ? Answer.UNKNOWN : unlessNodesAreKnown(Answer.YES);
            });
        }

        @Override
        public Answer apiServer(Ends.ApiServer server) {
            Answer unlisted = apiServer.isEmpty() ? Answer.UNKNOWN : Answer.NO;
            return end.match(
                    pods -> !pods.workload().hostNetwork()
                            ? Answer.NO
                            : unlisted.or(share(pods.workload().addresses(), apiServer)),
                    addresses -> mayBeRewritten() ? Answer.UNKNOWN : unlisted.or(within(addresses.range(), apiServer)));
        }

        @Override
        public Answer service(Ends.OfService named) {
            Answer answer = Answer.NO;
            for (ServiceEntry service : MeantServices.of(cluster, named)) {
                answer = answer.or(leadsHere(service, named.backing()));
            }
            return answer;
        }

        private Answer leadsHere(ServiceEntry service, Ends.OfService.Backing backing) {
            return switch (backing) {
                case ANY -> service.hasSelector() ? selected(service, Answer.UNKNOWN) : listed(service);
                case SELECTED_PODS -> service.hasSelector() ? selected(service, Answer.NO) : Answer.NO;
                case LISTED_ADDRESSES -> service.hasSelector() ? Answer.NO : listed(service);
            };
        }

        private Answer selected(ServiceEntry service, Answer onHostNetwork) {
            return end.match(
                    pods -> {
                        Workload workload = pods.workload();
                        boolean selected =
                                workload.namespace().equals(service.namespace()) && service.selects(workload);
                        return selected && workload.hostNetwork() ? onHostNetwork : Answer.of(selected);
                    },
                    addresses -> Answer.NO);
        }

        private Answer listed(ServiceEntry service) {
            return end.match(
                    pods -> share(pods.workload().addresses(), published(service)),
                    addresses -> within(addresses.range(), published(service)));
        }

        private Answer asPod(Predicate<Workload> test) {
            return Answer.of(end.match(
                    pods -> !pods.workload().hostNetwork() && test.test(pods.workload()), addresses -> false));
        }

        /** The sender's address or that of some node is seen. */
        private boolean mayBeRewritten() {
            return direction == Direction.INGRESS
                    && traffic.route().rewritesSource()
                    && end.match(pods -> false, addresses -> true);
        }

        private Answer unlessNodesAreKnown(Answer known) {
            return cluster.nodeAddresses().isEmpty() ? Answer.UNKNOWN : known;
        }
    }

    private boolean isResolver(Endpoint.Addresses addresses) {
        ClusterDns dns = cluster.dns();
        return dns.resolvers().stream().anyMatch(addresses.range()::contains);
    }

    private Set<Address> published(ServiceEntry service) {
        Set<Address> published = new HashSet<>();
        cluster.namespace(service.namespace()).stream()
                .flatMap(shard -> shard.endpoints(service.name()).stream())
                .map(Fact.Endpoints::addresses)
                .forEach(published::addAll);
        return published;
    }

    /** Whether the nodes that have these addresses carry the labels asked for. */
    private Answer labelled(Ends.Nodes nodes, List<Address> addresses) {
        if (nodes.labels().selectsEverything()) {
            return Answer.YES;
        }
        List<Boolean> matching = addresses.stream()
                .flatMap(address -> cluster.nodeLabels(address).stream())
                .map(nodes.labels()::matches)
                .distinct()
                .toList();
        return matching.size() == 1 ? Answer.of(matching.get(0)) : Answer.UNKNOWN;
    }

    /** The addresses of a node, which are a few single ones. */
    private static List<Address> few(AddressRange range) {
        return range.isSingle() ? List.of(range.first()) : List.of();
    }

    private static Answer share(List<Address> addresses, Set<Address> known) {
        long inside = addresses.stream().filter(known::contains).count();
        return inside == 0 ? Answer.NO : inside == addresses.size() ? Answer.YES : Answer.UNKNOWN;
    }

    private static Answer within(AddressRange range, Set<Address> known) {
        if (range.isSingle()) {
            return Answer.of(known.contains(range.first()));
        }
        return known.stream().anyMatch(range::contains) ? Answer.UNKNOWN : Answer.NO;
    }
}
