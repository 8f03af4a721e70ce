package dev.flowguard.cli.input;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Spelling;
import dev.flowguard.wording.Names;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What deserves a word where manifests show no Namespace object (SEMANTICS P15): such a namespace is taken to have no label but
 * its name, which matters where others are selected by, and its name may be misspelt.
 */
public final class AssumedNamespaces {
    private final Snapshot cluster;
    private final List<NamespaceShard> assumed;

    private AssumedNamespaces(Snapshot cluster) {
        this.cluster = cluster;
        this.assumed = cluster.namespaces().stream()
                .filter(shard -> shard.entry().assumed())
                .toList();
    }

    /** One sentence each. */
    public static List<String> notes(Snapshot cluster) {
        AssumedNamespaces namespaces = new AssumedNamespaces(cluster);
        return Stream.concat(namespaces.misspelt(), namespaces.withoutLabels()).toList();
    }

    /** Those that hold policies and nothing for them to select, and are called nearly like one that does. */
    private Stream<String> misspelt() {
        List<String> inhabited = cluster.namespaces().stream()
                .filter(shard -> !shard.workloads().isEmpty())
                .map(NamespaceShard::name)
                .toList();
        return assumed.stream()
                .filter(shard ->
                        shard.workloads().isEmpty() && !shard.policies().isEmpty())
                .flatMap(shard -> Spelling.nearest(shard.name(), inhabited).stream()
                        .map(near -> "nothing but "
                                + Names.policies(shard.policies().stream()
                                        .map(compiled -> compiled.policy().ref())
                                        .toList())
                                + " is known of namespace " + shard.name() + "; did you mean \"" + near + "\"?"));
    }

    /** Those whose pods are judged although they may be selected by a label of their namespace that is not known. */
    private Stream<String> withoutLabels() {
        List<String> names = assumed.stream()
                .filter(shard -> !shard.workloads().isEmpty())
                .map(NamespaceShard::name)
                .toList();
        SortedSet<String> keys = names.isEmpty() ? new TreeSet<>() : keysOfNamespaces();
        if (keys.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of("no Namespace object was read of " + Names.some(names)
                + ": judged as if without label " + String.join(", ", keys)
                + ", by which namespaces are selected");
    }

    /** By which policies and contracts select namespaces, their names apart. */
    private SortedSet<String> keysOfNamespaces() {
        SortedSet<String> keys = new TreeSet<>();
        for (NamespaceShard shard : cluster.namespaces()) {
            for (CompiledPolicy compiled : shard.policies()) {
                compiled.policy().forEachSelector((scope, pods) -> keys.addAll(keys(scope)));
            }
        }
        cluster.flows().stream()
                .filter(flow -> !flow.contract().source().isImplied())
                .forEach(flow -> Stream.of(flow.flow().from(), flow.flow().to())
                        .flatMap(AssumedNamespaces::selectors)
                        .forEach(selector -> keys.addAll(selector.keys())));
        keys.remove(LabelSelector.NAMESPACE_NAME);
        return keys;
    }

    private static Set<String> keys(NamespaceScope scope) {
        return scope.match(Set::of, matching -> matching.selector().keys());
    }

    private static Stream<LabelSelector> selectors(FlowEnd end) {
        return end.match(
                pods -> Stream.of(pods.namespaces()),
                ownedBy -> Stream.empty(),
                service -> Stream.empty(),
                outside -> Stream.empty(),
                wellKnown -> Stream.empty());
    }
}
