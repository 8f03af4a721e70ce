package dev.flowguard.assess.connections;

import dev.flowguard.assess.connections.ConnectionEnd.Addresses;
import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import dev.flowguard.assess.connections.ConnectionEnd.IngressController;
import dev.flowguard.assess.connections.Survey.Member;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.match.Allowance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that is allowed in a cluster, or may be, between what is deployed and with the outside: straight to the pods, on the
 * ports that these see; also between the replicas of one workload. What cannot connect is not listed.
 *
 * @param list by source, then destination; connections from the outside come last
 * @param divided ends whose pods differ, with something listed as undetermined because only some of them can do it
 */
public record Connections(List<Connection> list, List<Deployed> divided) {
    public Connections {
        list = List.copyOf(list);
        divided = List.copyOf(divided);
    }

    /** Where the network plugin does not enforce policies, everything is allowed. */
    public static Connections of(Snapshot cluster) {
        return of(cluster, "");
    }

    /** @param namespace in which one of the ends is; others are not even looked at. Empty: all */
    public static Connections of(Snapshot cluster, String namespace) {
        List<Connection> found = new ArrayList<>();
        Survey survey = new Survey(cluster);
        forEach(survey, ConnectionScope.of(namespace), found::add);
        return new Connections(
                found,
                survey.divided().stream().filter(end -> end.isIn(namespace)).toList());
    }

    /** Hands over each, in the order of the list, without keeping any: there may be more than fit into memory. */
    public static void forEach(Snapshot cluster, String namespace, Consumer<Connection> visitor) {
        forEach(new Survey(cluster), ConnectionScope.of(namespace), visitor);
    }

    /** As the other, where the cluster has been surveyed already. */
    public static void forEach(Survey survey, ConnectionScope scope, Consumer<Connection> found) {
        List<Member> all = survey.deployed().stream().map(survey::member).toList();
        List<Member> some =
                all.stream().filter(member -> scope.receives(member.end())).toList();
        for (Member source : all) {
            Deployed from = source.end();
            for (Member reached : scope.sends(from) ? all : some) {
                Deployed to = reached.end();
                if (survey.areTwo(source, reached)) {
                    add(found, from, to, survey.between(source, reached));
                }
            }
            if (scope.sends(from)) {
                survey.outside(from, Direction.EGRESS)
                        .parts()
                        .forEach(part -> add(found, from, new Addresses(part.range()), part.value()));
            }
        }
        for (Member reached : some) {
            Deployed to = reached.end();
            survey.outside(to, Direction.INGRESS)
                    .parts()
                    .forEach(part -> add(found, new Addresses(part.range()), to, part.value()));
            add(found, new IngressController(), to, survey.fromIngressController(to));
        }
    }

    private static void add(Consumer<Connection> found, ConnectionEnd from, ConnectionEnd to, Allowance allowance) {
        Connection.of(from, to, allowance).ifPresent(found);
    }
}
