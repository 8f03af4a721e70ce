package dev.flowguard.policy.calico;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Ends.Label.Bearer;
import dev.flowguard.policy.chain.LabelTest;
import dev.flowguard.policy.chain.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A selector as it sees pods. Only pods may be asked: a negation is true of everything else. */
final class PodTerms implements SelectorTerm.Cases<Ends> {
    private final Surroundings surroundings;

    PodTerms(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Ends all(SelectorTerm.All each) {
        return Ends.EVERYBODY;
    }

    /** In a namespaceSelector it has been replaced before; elsewhere it is always true. */
    @Override
    public Ends global(SelectorTerm.Global each) {
        return Ends.EVERYBODY;
    }

    @Override
    public Ends has(SelectorTerm.Has has) {
        return of(has.key(), Optional.of(Requirement.exists(has.key())), value -> true, account -> Ends.EVERYBODY);
    }

    @Override
    public Ends in(SelectorTerm.In in) {
        if (in.values().isEmpty()) {
            return Ends.NOBODY;
        }
        return of(
                in.key(),
                Optional.of(Requirement.in(in.key(), in.values())),
                in.values()::contains,
                account -> new Ends.ServiceAccounts(in.values()));
    }

    @Override
    public Ends affix(SelectorTerm.Affix affix) {
        LabelTest test = affix.test();
        String operand = affix.operand();
        String key = affix.key();
        if (key.equals(CalicoLabels.NAMESPACE) || key.equals(CalicoLabels.OF_NAMESPACE + CalicoLabels.NAME)) {
            return new Ends.Label(Bearer.NAMESPACE, LabelSelector.NAMESPACE_NAME, test, operand);
        }
        if (key.equals(CalicoLabels.ORCHESTRATOR)
                || CalicoLabels.after(CalicoLabels.OF_SERVICE_ACCOUNT, key).isPresent()
                || key.equals(CalicoLabels.SERVICE_ACCOUNT)) {
            return of(
                    key,
                    Optional.empty(),
                    value -> test.passes(value, operand),
                    account -> new Ends.Label(Bearer.SERVICE_ACCOUNT, "", test, operand));
        }
        return CalicoLabels.after(CalicoLabels.OF_NAMESPACE, key)
                .map(own -> new Ends.Label(Bearer.NAMESPACE, own, test, operand))
                .orElseGet(() -> new Ends.Label(Bearer.POD, key, test, operand));
    }

    @Override
    public Ends not(SelectorTerm.Not not) {
        return Ends.not(not.term().accept(this));
    }

    /** What is asked of labels of pods, and of namespaces, becomes one selector each, which an index can find candidates for. */
    @Override
    public Ends and(SelectorTerm.And and) {
        List<Requirement> pods = new ArrayList<>();
        List<Requirement> namespaces = new ArrayList<>();
        List<Ends> parts = new ArrayList<>();
        for (SelectorTerm term : and.terms()) {
            Ends part = term.accept(this);
            if (part instanceof Ends.PodLabels labels) {
                pods.addAll(labels.selector().requirements());
            } else if (part instanceof Ends.NamespaceLabels labels) {
                namespaces.addAll(labels.selector().requirements());
            } else {
                parts.add(part);
            }
        }
        if (!pods.isEmpty()) {
            parts.add(0, new Ends.PodLabels(new LabelSelector(pods)));
        }
        if (!namespaces.isEmpty()) {
            parts.add(0, new Ends.NamespaceLabels(new LabelSelector(namespaces)));
        }
        return Ends.allOf(parts);
    }

    @Override
    public Ends or(SelectorTerm.Or or) {
        return Ends.anyOf(or.terms().stream().map(term -> term.accept(this)).toList());
    }

    /**
     * @param requirement the test as Kubernetes would write it, where it can
     * @param passes the test of a value
     * @param ofAccountName the test of the name of the pod's service account
     */
    private Ends of(
            String key,
            Optional<Requirement> requirement,
            Predicate<String> passes,
            java.util.function.Function<String, Ends> ofAccountName) {
        switch (key) {
            case CalicoLabels.ORCHESTRATOR -> {
                return passes.test(CalicoLabels.KUBERNETES) ? Ends.EVERYBODY : Ends.NOBODY;
            }
            case CalicoLabels.NAMESPACE, CalicoLabels.OF_NAMESPACE + CalicoLabels.NAME -> {
                return ofNamespace(LabelSelector.NAMESPACE_NAME, requirement);
            }
            case CalicoLabels.SERVICE_ACCOUNT, CalicoLabels.OF_SERVICE_ACCOUNT + CalicoLabels.NAME -> {
                return ofAccountName.apply(key);
            }
            default -> {
                return CalicoLabels.after(CalicoLabels.OF_NAMESPACE, key)
                        .map(own -> ofNamespace(own, requirement))
                        .or(() -> CalicoLabels.after(CalicoLabels.OF_SERVICE_ACCOUNT, key)
                                .map(own -> ofAccounts(own, passes)))
                        .orElseGet(() -> new Ends.PodLabels(
                                new LabelSelector(requirement.stream().toList())));
            }
        }
    }

    private static Ends ofNamespace(String own, Optional<Requirement> requirement) {
        return new Ends.NamespaceLabels(new LabelSelector(requirement.stream()
                .map(known -> new Requirement(own, known.operator(), known.values()))
                .toList()));
    }

    /** Pods of the service accounts with such a label. */
    private Ends ofAccounts(String key, Predicate<String> passes) {
        TreeMap<String, Set<String>> names = surroundings.inputs(ServiceAccountLabels.class).stream()
                .filter(account -> hasSuch(account.labels(), key, passes))
                .collect(Collectors.groupingBy(
                        ServiceAccountLabels::namespace,
                        TreeMap::new,
                        Collectors.mapping(ServiceAccountLabels::name, Collectors.toSet())));
        return Ends.anyOf(names.entrySet().stream()
                .map(each -> Ends.allOf(new Ends.InNamespace(each.getKey()), new Ends.ServiceAccounts(each.getValue())))
                .toList());
    }

    private static boolean hasSuch(Labels labels, String key, Predicate<String> passes) {
        return Optional.ofNullable(labels.get(key)).filter(passes).isPresent();
    }
}
