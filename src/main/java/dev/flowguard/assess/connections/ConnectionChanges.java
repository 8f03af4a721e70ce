package dev.flowguard.assess.connections;

import dev.flowguard.assess.connections.AddressMap.Part;
import dev.flowguard.assess.connections.ConnectionEnd.Addresses;
import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import dev.flowguard.assess.connections.ConnectionEnd.IngressController;
import dev.flowguard.assess.connections.Survey.Member;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.net.PortSet;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.match.Allowance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What can connect in one cluster and not in another. Of a connection that is gained or lost, {@code allowed} are the ports of
 * which that is sure, {@code undetermined} those that were or are undetermined and so have only become more or less likely.
 *
 * @param appeared what is deployed only now; all of its connections are gained
 * @param vanished what was deployed and no longer is
 */
public record ConnectionChanges(
        List<Connection> gained, List<Connection> lost, List<Deployed> appeared, List<Deployed> vanished) {
    public ConnectionChanges {
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
        appeared = List.copyOf(appeared);
        vanished = List.copyOf(vanished);
    }

    public static ConnectionChanges between(Snapshot before, Snapshot after) {
        return between(before, after, "");
    }

    /** @param namespace in which one of the ends is; others are not even looked at. Empty: all */
    public static ConnectionChanges between(Snapshot before, Snapshot after, String namespace) {
        return between(new Survey(before), new Survey(after), ConnectionScope.of(namespace));
    }

    /** As the others, where the clusters have been surveyed already. */
    public static ConnectionChanges between(Survey before, Survey after, ConnectionScope scope) {
        return new Comparison(before, after).result(scope);
    }

    public boolean areNone() {
        return gained.isEmpty() && lost.isEmpty();
    }

    /** An answer before and after. */
    private record Turn(Allowance before, Allowance after) {
        Turn reversed() {
            return new Turn(after, before);
        }

        /** What is sure now and was not possible; what is possible now and was not, or is sure now and was only possible. */
        Allowance gain() {
            PortSet sure = after.sure().without(before.possible());
            PortSet likelier =
                    after.possible().without(before.possible()).or(after.sure().without(before.sure()));
            return new Allowance(sure, sure.or(likelier));
        }
    }

    /** An end, as it was and as it is; of one that was not, or is not there, it consists of nothing. */
    private record Both(Member was, Member is) {
        Deployed end() {
            return is.end();
        }
    }

    private static final class Comparison {
        private final Survey before;
        private final Survey after;
        private final List<Connection> gained = new ArrayList<>();
        private final List<Connection> lost = new ArrayList<>();

        Comparison(Survey before, Survey after) {
            this.before = before;
            this.after = after;
        }

        ConnectionChanges result(ConnectionScope scope) {
            Collection<Deployed> all = all();
            List<Both> everybody = all.stream()
                    .map(end -> new Both(before.member(end), after.member(end)))
                    .toList();
            List<Both> inside = everybody.stream()
                    .filter(each -> scope.receives(each.end()))
                    .toList();
            for (Both from : everybody) {
                for (Both to : scope.sends(from.end()) ? everybody : inside) {
                    if (before.areTwo(from.was(), to.was()) || after.areTwo(from.is(), to.is())) {
                        Turn turn = new Turn(before.between(from.was(), to.was()), after.between(from.is(), to.is()));
                        compare(from.end(), to.end(), turn);
                    }
                }
                if (scope.sends(from.end())) {
                    compareOutside(from.end(), Direction.EGRESS);
                }
            }
            for (Both each : inside) {
                Deployed to = each.end();
                compareOutside(to, Direction.INGRESS);
                Turn fromIngress = new Turn(before.fromIngressController(to), after.fromIngressController(to));
                compare(new IngressController(), to, fromIngress);
            }
            return new ConnectionChanges(gained, lost, concerned(all, scope, before), concerned(all, scope, after));
        }

        /** In order. */
        private Collection<Deployed> all() {
            if (before.deployed() == after.deployed()) {
                return before.deployed();
            }
            SortedSet<Deployed> all = new TreeSet<>(before.deployed());
            all.addAll(after.deployed());
            return all;
        }

        private static List<Deployed> concerned(Collection<Deployed> all, ConnectionScope scope, Survey missing) {
            return all.stream()
                    .filter(end -> scope.receives(end) || scope.sends(end))
                    .filter(end -> !missing.has(end))
                    .toList();
        }

        private void compareOutside(Deployed end, Direction direction) {
            AddressMap<Turn> was =
                    before.outside(end, direction).map(allowance -> new Turn(allowance, Allowance.NOTHING));
            AddressMap<Turn> is =
                    after.outside(end, direction).map(allowance -> new Turn(Allowance.NOTHING, allowance));
            AddressMap<Turn> turns = was.with(is, (one, other) -> new Turn(one.before(), other.after()));
            turns.map(Turn::gain).parts().forEach(part -> add(gained, end, direction, part));
            turns.map(turn -> turn.reversed().gain()).parts().forEach(part -> add(lost, end, direction, part));
        }

        private static void add(List<Connection> list, Deployed end, Direction direction, Part<Allowance> part) {
            ConnectionEnd outside = new Addresses(part.range());
            boolean egress = direction == Direction.EGRESS;
            Connection.of(egress ? end : outside, egress ? outside : end, part.value())
                    .ifPresent(list::add);
        }

        private void compare(ConnectionEnd from, ConnectionEnd to, Turn turn) {
            if (!turn.before().equals(turn.after())) {
                Connection.of(from, to, turn.gain()).ifPresent(gained::add);
                Connection.of(from, to, turn.reversed().gain()).ifPresent(lost::add);
            }
        }
    }
}
