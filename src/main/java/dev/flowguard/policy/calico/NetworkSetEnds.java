package dev.flowguard.policy.calico;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The addresses of network sets. */
public final class NetworkSetEnds {
    private NetworkSetEnds() {}

    /**
     * Those that a selector of namespaces in a rule matches beside pods (OTHER-POLICIES K7): sets inherit the labels of their namespace, and
     * a requirement that a label be absent or another is met by what has no namespace too (K15).
     */
    public static Ends inNamespaces(LabelSelector namespaces, Surroundings surroundings) {
        LabelSelector inherited = new LabelSelector(namespaces.requirements().stream()
                .map(each -> new Requirement(CalicoLabels.OF_NAMESPACE + each.key(), each.operator(), each.values()))
                .toList());
        return of(
                surroundings,
                surroundings.namespaces(),
                labels -> namespaces.selectsEverything()
                        ? labels.has(CalicoLabels.NAMESPACE)
                        : inherited.matches(labels));
    }

    /**
     * Those of the sets that the selector means. It may hang on the labels of a set's namespace, which may come after the set: so these are
     * looked at wherever the selector asks for such, even if there is no set yet.
     */
    static Ends of(Surroundings surroundings, SelectorTerm term) {
        return of(
                surroundings, CalicoLabels.areOfNamespaces(term) ? surroundings.namespaces() : Map.of(), term::matches);
    }

    /** Those of the sets whose labels, inherited ones included, pass the test. */
    private static Ends of(Surroundings surroundings, Map<String, Labels> namespaces, Predicate<Labels> test) {
        List<NetworkSet> matching = surroundings.inputs(NetworkSet.class).stream()
                .filter(set -> test.test(CalicoLabels.of(set, namespaces)))
                .toList();
        if (matching.isEmpty()) {
            return Ends.NOBODY;
        }
        List<Cidr> nets =
                matching.stream().flatMap(set -> set.nets().stream()).distinct().toList();
        Ends known = nets.isEmpty() ? Ends.NOBODY : addresses(nets);
        return matching.stream()
                .filter(set -> !set.unknownFields().isEmpty())
                .findFirst()
                .map(set -> Ends.anyOf(
                        known,
                        Ends.allOf(
                                new Ends.Outside(),
                                new Ends.Unclear(
                                        "the network set " + set.name() + " has fields that are not known here: "
                                                + String.join(", ", set.unknownFields())))))
                .orElse(known);
    }

    /** Pods are matched by their addresses too (K17). */
    static Ends addresses(List<Cidr> nets) {
        return new Ends.Addresses(
                nets.stream().map(net -> new Peer.IpBlock(net, List.of())).toList(), Answer.YES, Answer.YES);
    }
}
