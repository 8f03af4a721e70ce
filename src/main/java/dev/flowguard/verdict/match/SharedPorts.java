package dev.flowguard.verdict.match;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Sameness;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers a port's name has for a pod that the plugin takes for one with others: those that any of them declares. Where they
 * declare several it depends on the plugin's version which are meant (OTHER-POLICIES L17).
 */
final class SharedPorts {
    /** The workloads of a namespace that declare a port of some name. */
    private record Declaring(String namespace, String name) {}

    private final Snapshot cluster;
    private final CniProfile cni;
    private final Map<Declaring, List<Workload>> declaring = new ConcurrentHashMap<>();

    SharedPorts(Snapshot cluster) {
        this.cluster = cluster;
        this.cni = cluster.cni();
    }

    /** Each number that may be meant, with whether it surely is. */
    Map<Integer, Answer> numbers(Sameness sameness, String name, Protocol protocol, Workload destination) {
        Map<Integer, Answer> numbers = new TreeMap<>();
        for (Workload each : declaring.computeIfAbsent(new Declaring(destination.namespace(), name), this::find)) {
            Answer same = each.index() == destination.index() ? Answer.YES : same(sameness, each, destination);
            if (!same.isNo()) {
                each.portsNamed(name, protocol).stream()
                        .filter(port -> cni.resolvesPortsOf(port.container()))
                        .map(NamedPort::number)
                        .forEach(number -> numbers.merge(number, same, Answer::or));
            }
        }
        if (numbers.size() > 1) {
            numbers.replaceAll((number, same) -> Answer.UNKNOWN);
        }
        return numbers;
    }

    private List<Workload> find(Declaring asked) {
        return cluster.namespaceOrAssumed(asked.namespace()).workloads().stream()
                .filter(workload -> !workload.hostNetwork())
                .filter(workload ->
                        workload.ports().stream().anyMatch(port -> port.name().equals(asked.name())))
                .toList();
    }

    private static Answer same(Sameness sameness, Workload one, Workload other) {
        if (!one.serviceAccount().equals(other.serviceAccount())) {
            return Answer.NO;
        }
        return agree(sameness, one.labels(), other.labels()).and(agree(sameness, other.labels(), one.labels()));
    }

    /** Whether all labels of one are those of the other too, as far as they count. */
    private static Answer agree(Sameness sameness, Labels one, Labels other) {
        Comparison comparison = new Comparison(sameness, other);
        one.forEach(comparison);
        return comparison.agree;
    }

    private static final class Comparison implements BiConsumer<String, String> {
        private final Sameness sameness;
        private final Labels other;
        private Answer agree = Answer.YES;

        Comparison(Sameness sameness, Labels other) {
            this.sameness = sameness;
            this.other = other;
        }

        @Override
        public void accept(String key, String value) {
            @Nullable String theirs = other.get(key);
            if (!Objects.equals(value, theirs)) {
                agree = agree.and(sameness.counts(key).negated());
            }
        }
    }
}
