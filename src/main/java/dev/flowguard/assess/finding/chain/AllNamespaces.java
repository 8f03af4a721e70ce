package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.calico.CalicoPolicy;
import dev.flowguard.policy.calico.CalicoRule;
import dev.flowguard.policy.calico.CalicoSelector;
import dev.flowguard.policy.calico.SelectorTerm;
import java.util.stream.Stream;

/** {@code all()} in a global policy of Calico, where with a namespaceSelector it means less, or more, than it says (OTHER-POLICIES K11, K15). */
final class AllNamespaces implements ChainDiagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "all-with-namespace-selector", Severity.NOTE, "all() means something else with a namespaceSelector", """
            In a GlobalNetworkPolicy `namespaceSelector: all()` is not the same as none. For the policy itself it leaves out the host endpoints,
            and it takes in the pods of every namespace, `kube-system` among them. In a rule, `all()` beside a namespaceSelector means
            things of these namespaces only: never the outside, and no GlobalNetworkSet, though it says all.

            For the policy leave `namespaceSelector` out, or name the namespaces: `projectcalico.org/name not in {"kube-system"}`. In a rule
            leave out `selector: all()`; for everybody, leave out both.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return policy.as(CalicoPolicy.class)
                .filter(calico -> !policy.ruled().isEmpty() && calico.ref().isClusterScoped())
                .flatMap(calico -> Stream.concat(
                        subject(calico),
                        Stream.of(Direction.values())
                                .flatMap(direction ->
                                        calico.rules(direction).stream().flatMap(rule -> rule(direction, rule)))));
    }

    private static Stream<Remark> subject(CalicoPolicy calico) {
        return isAll(calico.subject().namespaces())
                ? Stream.of(Remark.of(
                        KIND,
                        "spec.namespaceSelector",
                        "all() selects the pods of every namespace, kube-system among them, and leaves out host endpoints. Leave it out, or"
                                + " name the namespaces.",
                        "namespaceSelector: all() takes in every namespace, kube-system too, and leaves out host endpoints",
                        "namespaceSelector: all() takes in every namespace, kube-system too"))
                : Stream.empty();
    }

    private static Stream<Remark> rule(Direction direction, CalicoRule rule) {
        return Stream.of("source", "destination")
                .filter(side -> isMistakable(side.equals("source") ? rule.source() : rule.destination()))
                .map(side -> {
                    String place = direction.section() + "[" + rule.index() + "]." + side;
                    return Remark.of(
                            KIND,
                            "spec." + place + ".selector",
                            "Beside a namespaceSelector all() means things of these namespaces only: never the outside, and no"
                                    + " GlobalNetworkSet. Leave out  selector: all().",
                            place + ": beside a namespaceSelector all() never means the outside",
                            place + ": all() beside a namespaceSelector");
                });
    }

    private static boolean isMistakable(CalicoRule.Entity entity) {
        return isAll(entity.selector()) && !entity.namespaceSelector().isAbsent();
    }

    private static boolean isAll(CalicoSelector selector) {
        return !selector.isAbsent() && selector.root() instanceof SelectorTerm.All;
    }
}
