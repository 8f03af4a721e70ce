package dev.flowguard.assess.finding.flow;

import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.assess.finding.label.Elsewhere;
import dev.flowguard.assess.finding.label.LabelGuess;
import dev.flowguard.assess.finding.label.NamespaceMatchesNothing;
import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** An end of a declared flow that selects no pod, and where the mistake probably is: in the namespaces or in the labels. */
final class MissingPods {
    private final Snapshot cluster;
    private final Unbound.End which;

    MissingPods(Snapshot cluster, Unbound.End which) {
        this.cluster = cluster;
        this.which = which;
    }

    Stream<Advice> examine(FlowEnd.Pods end) {
        List<NamespaceShard> scope = cluster.namespacesMatching(end.namespaces());
        if (scope.isEmpty()) {
            return Stream.of(noNamespace(end.namespaces()));
        }
        boolean anyIsThere =
                scope.stream().anyMatch(shard -> !shard.select(end.pods()).isEmpty());
        return anyIsThere ? Stream.empty() : Stream.of(noPod(end, scope));
    }

    private Advice noNamespace(LabelSelector namespaces) {
        String nothing = "no namespace " + NamespaceMatchesNothing.whatWasAsked(namespaces);
        String brief = "no namespace " + NamespaceMatchesNothing.whatWasAskedInShort(namespaces);
        Optional<NamespaceShard> named = NamespaceMatchesNothing.namedByOtherLabel(namespaces, cluster);
        if (named.isPresent()) {
            return Advice.of(
                    which,
                    nothing + "; use " + LabelSelector.NAMESPACE_NAME + "="
                            + named.get().name(),
                    brief + "; use " + LabelSelector.NAMESPACE_NAME + "="
                            + named.get().name(),
                    brief + "; use " + LabelSelector.NAMESPACE_NAME,
                    "no such namespace; use " + LabelSelector.NAMESPACE_NAME);
        }
        return LabelGuess.among(
                        namespaces,
                        cluster.namespaces().stream().map(shard -> shard.entry().labels()))
                .map(guess -> Advice.of(
                        which,
                        nothing + "; did you mean " + (isName(guess) ? guess.value() : guess) + "?",
                        brief + "; did you mean " + (isName(guess) ? guess.value() : guess) + "?",
                        "no such namespace; did you mean " + guess.value() + "?"))
                .orElseGet(() -> Advice.of(which, nothing, brief, "no such namespace"));
    }

    private static boolean isName(LabelGuess guess) {
        return guess.key().equals(LabelSelector.NAMESPACE_NAME);
    }

    private Advice noPod(FlowEnd.Pods end, List<NamespaceShard> scope) {
        String where = where(end.namespaces(), LabelSelector::toString);
        String near = where(end.namespaces(), Wording::brief);
        if (scope.stream().allMatch(shard -> shard.workloads().isEmpty())) {
            return Advice.of(
                    which,
                    "there is no pod" + where + " yet",
                    "there is no pod" + near + " yet",
                    "there is no such pod yet");
        }
        String nothing = "no pod" + where + " has " + end.pods();
        String brief = "no pod" + near + " has " + Wording.brief(end.pods());
        Optional<LabelGuess> guess = LabelGuess.amongPods(end.pods(), scope);
        if (guess.isPresent()) {
            return Advice.of(
                    which,
                    nothing + "; did you mean " + guess.get() + "?",
                    brief + "; did you mean " + guess.get() + "?",
                    "there is no such pod; did you mean " + guess.get() + "?");
        }
        Elsewhere elsewhere = Elsewhere.of(end.pods(), scope, cluster);
        return elsewhere.isEmpty()
                ? Advice.of(which, nothing + " yet", brief + " yet", brief, "there is no such pod yet")
                : Advice.of(
                        which,
                        nothing + "; such pods run in " + elsewhere + ": name that namespace",
                        brief + "; such pods run in " + elsewhere + ": name that namespace",
                        brief + "; such pods run in " + elsewhere,
                        "such pods run in " + elsewhere + " only");
    }

    /** {@code  in data}, {@code  in namespaces with team=payments}, {@code  of any namespace}. */
    private static String where(LabelSelector namespaces, Function<LabelSelector, String> spelling) {
        if (namespaces.selectsEverything()) {
            return " of any namespace";
        }
        return NamespaceMatchesNothing.names(namespaces)
                .map(names -> " in " + names)
                .orElseGet(() -> " in namespaces with " + spelling.apply(namespaces));
    }
}
