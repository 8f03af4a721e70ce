package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.PodPeer;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.RuleYaml;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The namespaceSelector of a peer matches no namespace, often because it asks for a label that nothing sets. */
public final class NamespaceMatchesNothing implements Diagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "namespace-matches-nothing", Severity.WARNING, "A namespaceSelector matches no namespace", """
            No namespace has the labels that a peer's namespaceSelector asks for, so the peer opens nothing. A namespaceSelector
            compares labels of Namespace objects, not names. The API server gives every namespace one label by itself,
            `kubernetes.io/metadata.name`, with its name; a label called `name` exists only where somebody set it.

            Select a namespace by its name with `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAME}}`, or label
            the namespace. If the namespace is still to come, there is nothing to do. A label with which namespaces
            volunteer, such as `may-call-orders: "true"`, is reported only where it looks mistyped.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return examination
                .podPeers()
                .filter(peer -> examination.scope(peer).isEmpty())
                .flatMap(peer -> examine(peer, examination));
    }

    private static Stream<Remark> examine(PodPeer peer, Examination examination) {
        LabelSelector selector = peer.namespaceSelector();
        String nothing = peer.shortPlace() + ": no namespace " + whatWasAsked(selector);
        String brief = peer.shortPlace() + ": no namespace " + whatWasAskedInShort(selector);
        Optional<NamespaceShard> named = namedByOtherLabel(selector, examination.cluster());
        if (named.isPresent()) {
            String name = named.get().name();
            return Stream.of(remark(
                    peer,
                    "The namespace " + name + " has no such label. Write  namespaceSelector: "
                            + RuleYaml.selector(LabelSelector.namespaceNamed(name)),
                    nothing + "; use " + LabelSelector.NAMESPACE_NAME + "=" + name,
                    brief + "; use " + LabelSelector.NAMESPACE_NAME + "=" + name,
                    brief + "; use " + LabelSelector.NAMESPACE_NAME,
                    peer.shortPlace() + ": no such namespace; use " + LabelSelector.NAMESPACE_NAME));
        }
        Optional<LabelGuess> guess = LabelGuess.among(
                selector,
                examination.cluster().namespaces().stream()
                        .map(shard -> shard.entry().labels()));
        if (guess.isPresent()) {
            Remark remark = remark(
                    peer,
                    "There is a namespace with " + guess.get() + ". If that is meant, correct the selector.",
                    nothing + "; did you mean " + guess.get() + "?",
                    brief + "; did you mean " + guess.get() + "?",
                    brief + "; did you mean " + guess.get().value() + "?",
                    peer.shortPlace() + ": no such namespace; did you mean "
                            + guess.get().value() + "?");
            return Stream.of(guess.get().isTypo() ? remark : remark.unlessStillToCome());
        }
        return examination.seesWholeCluster() && !Volunteers.areAwaitedBy(selector)
                ? Stream.of(remark(
                                peer,
                                "If the namespace is still to come, the peer takes effect with it.",
                                nothing,
                                brief,
                                peer.shortPlace() + " matches no namespace")
                        .unlessStillToCome()
                        .restingOn(Remark.Premise.ALL_IS_SEEN))
                : Stream.empty();
    }

    /** The namespace whose name is the value of another label that the selector asks for, as in {@code name=monitoring}. */
    public static Optional<NamespaceShard> namedByOtherLabel(LabelSelector selector, Snapshot cluster) {
        return selector.requirements().stream()
                .filter(requirement -> requirement.operator() == Requirement.Operator.IN
                        && !requirement.key().equals(LabelSelector.NAMESPACE_NAME))
                .flatMap(requirement -> requirement.values().stream())
                .flatMap(value -> cluster.namespace(value).stream())
                .findFirst();
    }

    /** {@code is named data}, {@code has team=payments}. */
    public static String whatWasAsked(LabelSelector selector) {
        return whatWasAsked(selector, LabelSelector::toString);
    }

    /** The same, with the middle of a long selector left out. */
    public static String whatWasAskedInShort(LabelSelector selector) {
        return whatWasAsked(selector, Wording::brief);
    }

    private static String whatWasAsked(LabelSelector selector, Function<LabelSelector, String> spelling) {
        return names(selector).map(names -> "is named " + names).orElseGet(() -> "has " + spelling.apply(selector));
    }

    /** {@code data or shop}, where the selector asks for names alone. */
    public static Optional<String> names(LabelSelector selector) {
        return selector.requirements().stream()
                        .allMatch(requirement -> requirement.operator() == Requirement.Operator.IN
                                && requirement.key().equals(LabelSelector.NAMESPACE_NAME))
                ? selector.requirements().stream()
                        .findFirst()
                        .map(requirement -> String.join(" or ", requirement.values()))
                : Optional.empty();
    }

    private static Remark remark(PodPeer peer, String advice, String... summaries) {
        return Remark.of(
                KIND,
                peer.place() + ".namespaceSelector",
                "This peer opens nothing: no namespace has " + peer.namespaceSelector()
                        + ". The API server gives every namespace the label " + LabelSelector.NAMESPACE_NAME
                        + " with its name; any other label, one called name included, exists only where somebody set"
                        + " it. "
                        + advice,
                summaries);
    }
}
