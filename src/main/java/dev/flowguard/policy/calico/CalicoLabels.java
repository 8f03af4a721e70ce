package dev.flowguard.policy.calico;

import dev.flowguard.policy.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The labels that Calico gives to pods and network sets beside their own, and what its selectors mean by them (OTHER-POLICIES K12). */
final class CalicoLabels {
    static final String NAMESPACE = "projectcalico.org/namespace";
    static final String ORCHESTRATOR = "projectcalico.org/orchestrator";
    static final String KUBERNETES = "k8s";
    static final String SERVICE_ACCOUNT = "projectcalico.org/serviceaccount";

    /** Put before the key of each label that is inherited from the namespace. */
    static final String OF_NAMESPACE = "pcns.";

    static final String OF_SERVICE_ACCOUNT = "pcsa.";

    /** Beside the labels of a namespace, and of a service account, stands its name. */
    static final String NAME = "projectcalico.org/name";

    private CalicoLabels() {}

    /** The key, without that prefix; empty if it does not begin with it. */
    static Optional<String> after(String prefix, String key) {
        return key.startsWith(prefix) ? Optional.of(key.substring(prefix.length())) : Optional.empty();
    }

    /** Whether only what runs in Kubernetes can have the label. */
    static boolean isOfPods(String key) {
        return key.equals(NAMESPACE)
                || key.equals(ORCHESTRATOR)
                || key.equals(SERVICE_ACCOUNT)
                || key.startsWith(OF_NAMESPACE)
                || key.startsWith(OF_SERVICE_ACCOUNT);
    }

    /** A selector of namespaces, as one of what inherits their labels: {@code all()} is what has a namespace (K15). */
    static SelectorTerm ofNamespaces(SelectorTerm term) {
        SelectorTerm inSome = new SelectorTerm.Has(NAMESPACE);
        return term.with(new Leaves(OF_NAMESPACE, inSome, new SelectorTerm.Not(inSome)));
    }

    /** A selector of service accounts, as one of what inherits their labels. */
    static SelectorTerm ofServiceAccounts(SelectorTerm term) {
        return term.with(new Leaves(OF_SERVICE_ACCOUNT, new SelectorTerm.All(), new SelectorTerm.Global()));
    }

    /** Whether a selector asks for labels that are inherited from namespaces. */
    static boolean areOfNamespaces(SelectorTerm term) {
        return term.toString().contains(OF_NAMESPACE);
    }

    /** What the selectors of a policy see of a network set, given the labels of namespaces. */
    static Labels of(NetworkSet set, Map<String, Labels> namespaces) {
        if (set.isGlobal()) {
            return set.labels();
        }
        Map<String, String> inherited = new TreeMap<>();
        @Nullable Labels known = namespaces.get(set.namespace());
        if (known != null) {
            known.asMap().forEach((key, value) -> inherited.put(OF_NAMESPACE + key, value));
        }
        inherited.put(OF_NAMESPACE + NAME, set.namespace());
        inherited.putAll(set.labels().asMap());
        inherited.put(NAMESPACE, set.namespace());
        return Labels.of(inherited);
    }

    private record Leaves(String prefix, SelectorTerm all, SelectorTerm global) implements UnaryOperator<SelectorTerm> {
        @Override
        public SelectorTerm apply(SelectorTerm leaf) {
            return leaf.accept(new LeafCases());
        }

        private final class LeafCases implements SelectorTerm.Cases<SelectorTerm> {
            @Override
            public SelectorTerm all(SelectorTerm.All each) {
                return all;
            }

            @Override
            public SelectorTerm global(SelectorTerm.Global each) {
                return global;
            }

            @Override
            public SelectorTerm has(SelectorTerm.Has has) {
                return new SelectorTerm.Has(prefix + has.key());
            }

            @Override
            public SelectorTerm in(SelectorTerm.In in) {
                return new SelectorTerm.In(prefix + in.key(), in.values());
            }

            @Override
            public SelectorTerm affix(SelectorTerm.Affix affix) {
                return new SelectorTerm.Affix(prefix + affix.key(), affix.test(), affix.operand());
            }

            @Override
            public SelectorTerm not(SelectorTerm.Not not) {
                return not;
            }

            @Override
            public SelectorTerm and(SelectorTerm.And and) {
                return and;
            }

            @Override
            public SelectorTerm or(SelectorTerm.Or or) {
                return or;
            }
        }
    }
}
