package dev.flowguard.testing;

import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.trace.Doubt;
import dev.flowguard.verdict.trace.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Who reaches whom. Traffic is written {@code 8080/TCP}, {@code 80-90/TCP}, {@code 8080} (TCP) or {@code ICMP}. */
public final class ClusterAssert extends AbstractAssert<ClusterAssert, TestCluster> {
    private final IpFamily family;
    private final Route route;

    ClusterAssert(TestCluster cluster) {
        this(cluster, IpFamily.IPV4, Route.DIRECT);
    }

    private ClusterAssert(TestCluster cluster, IpFamily family, Route route) {
        super(cluster, ClusterAssert.class);
        this.family = family;
        this.route = route;
    }

    /** The same questions for IPv6. */
    public ClusterAssert overIpv6() {
        return new ClusterAssert(actual, IpFamily.IPV6, route);
    }

    /** The same questions for traffic that takes the way through a Service's port; destinations stay the pods and their ports. */
    public ClusterAssert through(String service, int port) {
        ObjectRef ref = Names.object("Service", service);
        ServiceEntry entry =
                actual.snapshot().service(ref.namespace(), ref.name()).orElseThrow();
        return new ClusterAssert(
                actual,
                family,
                new Route.Via(
                        entry,
                        entry.ports().stream()
                                .filter(each -> each.number() == port)
                                .findFirst()
                                .orElseThrow()));
    }

    public ClusterAssert allows(String from, String to, String... ports) {
        for (String port : ports) {
            verdict(from, to, port, Answer.YES);
        }
        return this;
    }

    public BlockedAssert blocks(String from, String to, String... ports) {
        List<Verdict.Blocked.Side> sides = new ArrayList<>();
        for (String port : ports) {
            sides = verdict(from, to, port, Answer.NO).match(List::of, Verdict.Blocked::sides, open -> List.of());
        }
        return new BlockedAssert(this, sides);
    }

    public OpenAssert leavesOpen(String from, String to, String... ports) {
        List<Doubt> doubts = new ArrayList<>();
        for (String port : ports) {
            doubts = verdict(from, to, port, Answer.UNKNOWN)
                    .match(List::of, blocked -> List.of(), Verdict.Undetermined::doubts);
        }
        return new OpenAssert(this, doubts);
    }

    private Verdict verdict(String from, String to, String port, Answer expected) {
        Endpoint source = actual.endpoint(from);
        Endpoint destination = actual.endpoint(to);
        Pair pair = new Pair(source, destination, traffic(port, source, destination));
        Reachability reachability = new Reachability(actual.snapshot(), actual.snapshot());
        Verdict verdict = reachability.verdict(pair);
        Assertions.assertThat(reachability.answer(pair))
                .as("whether %s reaches %s on %s: %s", from, to, port, reachability.trace(pair))
                .isEqualTo(expected)
                .isEqualTo(verdict.answer())
                .isEqualTo(reachability.trace(pair).verdict().answer());
        return verdict;
    }

    private Traffic traffic(String text, Endpoint source, Endpoint destination) {
        int slash = text.indexOf('/');
        IpFamily of = source.match(
                pods -> destination.match(to -> family, to -> to.range().family()),
                from -> from.range().family());
        if (!Character.isDigit(text.charAt(0))) {
            return new Traffic(Protocol.valueOf(text), PortRange.ALL, of, route);
        }
        String[] numbers = (slash < 0 ? text : text.substring(0, slash)).split("-", -1);
        PortRange ports = new PortRange(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[numbers.length - 1]));
        return new Traffic(slash < 0 ? Protocol.TCP : Protocol.valueOf(text.substring(slash + 1)), ports, of, route);
    }
}
