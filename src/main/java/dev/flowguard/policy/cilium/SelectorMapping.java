package dev.flowguard.policy.cilium;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Requirement.Operator;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.cilium.CiliumSelector.Source;
import dev.flowguard.policy.cilium.CiliumSelector.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whom a selector of endpoints selects: pods by what Kubernetes says of them, and the rest of the world by what it lacks. */
final class SelectorMapping {
    private static final String NEGATIVE_ONLY =
            "its selector has only negative terms, which Cilium 1.20 lets match every peer";

    private final CiliumConfig config;
    private final LabelFilter filter;

    SelectorMapping(CiliumConfig config) {
        this.config = config;
        this.filter = config.labels();
    }

    /**
     * Whom a policy is for. In a namespaced policy only pods of its namespace: what is written as the label for it with the source
     * {@code k8s} is overridden (OTHER-POLICIES L5).
     */
    Ends subject(CiliumSelector selector, String namespace) {
        List<Ends> parts = new ArrayList<>();
        parts.add(namespace.isEmpty() ? new Ends.Pods() : new Ends.InNamespace(namespace));
        List<Term> terms = selector.terms().stream()
                .filter(term -> namespace.isEmpty() || !isOverridden(term))
                .toList();
        parts.addAll(all(terms, true));
        return Ends.allOf(parts);
    }

    private static boolean isOverridden(Term term) {
        return term.source() == Source.KUBERNETES
                && term.requirement().key().equals(CiliumLabels.NAMESPACE)
                && term.requirement().operator() == Operator.IN
                && term.requirement().values().size() == 1;
    }

    /**
     * Whom a peer means. One that names neither a namespace nor an entity is in the policy's own namespace, in a cluster-wide policy
     * it is a pod (OTHER-POLICIES L6, L7).
     *
     * @param subject of the policy, for one that is for pods without labels yet is not bound to pods with a namespace
     */
    Ends peer(CiliumSelector selector, String namespace, CiliumSelector subject) {
        List<Ends> parts = new ArrayList<>();
        if (!selector.namesReserved()) {
            if (!selector.names(CiliumLabels.NAMESPACE)) {
                if (namespace.isEmpty()) {
                    parts.addAll(namesPodsWithoutLabels(subject) ? List.of() : List.of(new Ends.Pods()));
                } else if (!selector.namesUnder(CiliumLabels.NAMESPACE_LABELS)) {
                    parts.add(new Ends.InNamespace(namespace));
                }
            }
            if (config.keepsToOwnCluster() && !selector.names(CiliumLabels.CLUSTER) && parts.isEmpty()) {
                parts.add(new Ends.Pods());
            }
        }
        boolean ofPods = !parts.isEmpty()
                || selector.terms().stream().anyMatch(term -> term.isPositive() && term.source() != Source.RESERVED);
        parts.addAll(all(selector.terms(), ofPods));
        Ends ends = Ends.allOf(parts);
        return ofPods || selector.namesReserved()
                ? ends
                : Ends.anyOf(ends, Ends.allOf(new Ends.Pods(), new Ends.Unclear(NEGATIVE_ONLY)));
    }

    private static boolean namesPodsWithoutLabels(CiliumSelector subject) {
        return subject.terms().stream()
                .anyMatch(term -> term.source() == Source.RESERVED
                        && term.requirement().key().equals(Entity.INIT.spelling()));
    }

    /** @param ofPods whether only pods can fit all of the terms, so that what they say of labels can be said in one */
    private List<Ends> all(List<Term> terms, boolean ofPods) {
        List<Ends> parts = new ArrayList<>();
        List<Requirement> ofPod = new ArrayList<>();
        List<Requirement> ofNamespace = new ArrayList<>();
        for (Term term : terms) {
            Requirement requirement = term.requirement();
            String key = requirement.key();
            if (ofPods && term.mayBeKubernetes() && key.startsWith(CiliumLabels.NAMESPACE_LABELS)) {
                ofNamespace.add(ofNamespace(requirement));
            } else if (ofPods
                    && term.mayBeKubernetes()
                    && isOwnLabel(key)
                    && filter.counts(key).isYes()) {
                ofPod.add(requirement);
            } else {
                parts.add(one(term));
            }
        }
        if (!ofNamespace.isEmpty()) {
            parts.add(new Ends.NamespaceLabels(new LabelSelector(ofNamespace)));
        }
        if (!ofPod.isEmpty()) {
            parts.add(new Ends.PodLabels(new LabelSelector(ofPod)));
        }
        return parts;
    }

    private static Requirement ofNamespace(Requirement requirement) {
        return new Requirement(
                requirement.key().substring(CiliumLabels.NAMESPACE_LABELS.length()),
                requirement.operator(),
                requirement.values());
    }

    /** Whether it is a label of the pod itself, and none that Cilium gives it. */
    private static boolean isOwnLabel(String key) {
        return !key.startsWith(CiliumLabels.NAMESPACE_LABELS)
                && !Set.of(CiliumLabels.NAMESPACE, CiliumLabels.SERVICE_ACCOUNT, CiliumLabels.CLUSTER)
                        .contains(key);
    }

    private Ends one(Term term) {
        Ends positive = positive(term.source(), positive(term.requirement()));
        return term.isPositive() ? positive : Ends.not(positive);
    }

    private static Requirement positive(Requirement requirement) {
        return switch (requirement.operator()) {
            case IN, EXISTS -> requirement;
            case NOT_IN -> Requirement.in(requirement.key(), requirement.values());
            case DOES_NOT_EXIST -> Requirement.exists(requirement.key());
        };
    }

    /** Who has the label. */
    private Ends positive(Source source, Requirement label) {
        return switch (source) {
            case ANY, KUBERNETES -> kubernetes(label);
            case RESERVED -> reserved(label);
            case OTHER -> Ends.NOBODY;
        };
    }

    private Ends kubernetes(Requirement label) {
        String key = label.key();
        boolean exists = label.operator() == Operator.EXISTS;
        if (key.equals(CiliumLabels.NAMESPACE)) {
            return exists
                    ? new Ends.Pods()
                    : Ends.anyOf(label.values().stream()
                            .<Ends>map(Ends.InNamespace::new)
                            .toList());
        } else if (key.startsWith(CiliumLabels.NAMESPACE_LABELS)) {
            return new Ends.NamespaceLabels(new LabelSelector(List.of(ofNamespace(label))));
        } else if (key.equals(CiliumLabels.SERVICE_ACCOUNT)) {
            return exists ? new Ends.Pods() : new Ends.ServiceAccounts(Set.copyOf(label.values()));
        } else if (key.equals(CiliumLabels.CLUSTER)) {
            return cluster(label, exists);
        }
        Ends has = new Ends.PodLabels(new LabelSelector(List.of(label)));
        Answer counts = filter.counts(key);
        if (counts.isNo()) {
            return Ends.NOBODY;
        }
        return counts.isYes()
                ? has
                : Ends.allOf(
                        has,
                        new Ends.Unclear("the agents are configured to look at other labels than usual, and " + key
                                + " is among those that differ"));
    }

    /** Pods of other clusters are not known (OTHER-POLICIES L29). */
    private Ends cluster(Requirement label, boolean exists) {
        Ends elsewhere = Ends.allOf(new Ends.Outside(), new Ends.Unclear("pods of other clusters are not known"));
        if (exists) {
            return Ends.anyOf(new Ends.Pods(), elsewhere);
        }
        boolean own = label.values().contains(config.clusterName());
        boolean others = label.values().size() > (own ? 1 : 0);
        List<Ends> parts = new ArrayList<>();
        if (own) {
            parts.add(new Ends.Pods());
        }
        if (others) {
            parts.add(elsewhere);
        }
        return Ends.anyOf(parts);
    }

    /** A reserved label has no value. */
    private Ends reserved(Requirement label) {
        boolean ofNoValue =
                label.operator() == Operator.EXISTS || label.values().contains("");
        return Entity.spelled(label.key())
                .filter(entity -> ofNoValue && entity.isLabel())
                .map(EntityMapping::ends)
                .orElse(Ends.NOBODY);
    }
}
