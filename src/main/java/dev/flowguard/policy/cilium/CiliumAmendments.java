package dev.flowguard.policy.cilium;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.amend.Amendment;
import dev.flowguard.policy.amend.Amendment.Narrowed;
import dev.flowguard.policy.amend.Edit;
import dev.flowguard.policy.amend.Manifest;
import dev.flowguard.policy.amend.Wanted;
import dev.flowguard.policy.amend.WrittenSelector;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.cilium.CiliumPolicy.Rule;
import dev.flowguard.policy.cilium.CiliumPolicy.Spec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Amends policies of Cilium: a rule more that allows, or where a rule denies, against which none helps, that rule made narrower. */
final class CiliumAmendments {
    private final CiliumPolicy policy;

    CiliumAmendments(CiliumPolicy policy) {
        this.policy = policy;
    }

    /** One for each of its specs that isolates already: which of them selects the pods is for the engine to find. */
    List<Amendment> allowing(Wanted wanted) {
        if (!CiliumWritten.canSay(wanted)) {
            return List.of();
        }
        return IntStream.range(0, policy.specs().size())
                .filter(i -> !policy.specs().get(i).ofNodes()
                        && policy.specs().get(i).rules().stream()
                                .anyMatch(rule -> rule.direction() == wanted.direction()))
                .mapToObj(i -> allowing(wanted, i))
                .toList();
    }

    private Amendment allowing(Wanted wanted, int place) {
        Spec spec = policy.specs().get(place);
        int at = (int) spec.rules().stream()
                .filter(rule -> rule.direction() == wanted.direction() && !rule.denies())
                .count();
        List<CiliumWritten> added = CiliumWritten.allowing(wanted, policy.namespace(), at);
        List<Rule> rules = new ArrayList<>(spec.rules());
        added.forEach(each -> rules.add(each.rule()));
        return Amendment.adding(
                with(place, spec.with(rules)),
                new Edit.NewRules(
                        spec.path(),
                        wanted.direction().section(),
                        at,
                        true,
                        added.stream().map(CiliumWritten::written).toList()));
    }

    /** In the same namespace, for just those pods. */
    List<Amendment> beside(Wanted wanted, Collection<? extends PolicySource> others) {
        if (policy.namespace().isEmpty() || !CiliumWritten.canSay(wanted)) {
            return List.of();
        }
        List<CiliumWritten> rules = CiliumWritten.allowing(wanted, policy.namespace(), 0);
        Spec spec = new Spec(
                "spec",
                false,
                CiliumWritten.ofPods(wanted.subjects()),
                rules.stream().map(CiliumWritten::rule).toList(),
                true,
                true,
                List.of());
        CiliumPolicy added =
                new CiliumPolicy(policy.namespace(), freeName(wanted, others), List.of(spec), Map.of(), List.of());
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("endpointSelector", WrittenSelector.of(wanted.subjects()));
        written.put(
                wanted.direction().section(),
                rules.stream().map(CiliumWritten::written).toList());
        return List.of(Amendment.adding(
                added, new Edit.NewObject(Manifest.of(added.ref(), CiliumPolicy.GROUP + "/v2", written))));
    }

    private String freeName(Wanted wanted, Collection<? extends PolicySource> others) {
        Set<String> taken = others.stream()
                .map(PolicySource::ref)
                .filter(ref -> ref.namespace().equals(policy.namespace()))
                .map(ref -> ref.name())
                .collect(Collectors.toSet());
        String base = "allow-" + wanted.name();
        return Stream.concat(Stream.of(base), IntStream.iterate(2, i -> i + 1).mapToObj(i -> base + "-" + i))
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    /** By leaving out the other end where the rule names endpoints; else, or where that is not enough, the pods that are meant. */
    List<Amendment> narrowing(Wanted wanted, ChainRule denying) {
        List<Amendment> ways = new ArrayList<>();
        for (int place = 0; place < policy.specs().size(); place++) {
            Spec spec = policy.specs().get(place);
            for (int i = 0; i < spec.rules().size(); i++) {
                if (spec.pathOf(spec.rules().get(i)).equals(denying.path())) {
                    leavingOutOthers(wanted, place, i).forEach(ways::add);
                }
            }
        }
        for (int place = 0; place < policy.specs().size(); place++) {
            Spec spec = policy.specs().get(place);
            if (spec.rules().stream().anyMatch(rule -> spec.pathOf(rule).equals(denying.path()))) {
                leavingOutSubjects(wanted, place).forEach(ways::add);
            }
        }
        return ways;
    }

    private Stream<Amendment> leavingOutOthers(Wanted wanted, int place, int ruleAt) {
        Spec spec = policy.specs().get(place);
        Rule rule = spec.rules().get(ruleAt);
        List<CiliumSelector> selectors = rule.peers().podSelectors().toList();
        if (selectors.isEmpty() || wanted.others().size() != 1) {
            return Stream.empty();
        }
        String field = spec.path() + "." + rule.section() + "[" + rule.index() + "]."
                + (rule.direction() == Direction.INGRESS ? "fromEndpoints" : "toEndpoints");
        List<String> fields = IntStream.range(0, selectors.size())
                .mapToObj(i -> field + "[" + i + "]")
                .toList();
        return conditions(wanted.others().get(0)).map(condition -> {
            List<CiliumSelector> narrower =
                    selectors.stream().map(selector -> selector.and(condition)).toList();
            List<Rule> rules = new ArrayList<>(spec.rules());
            rules.set(ruleAt, rule.with(new CiliumPeers.Endpoints(narrower)));
            return new Amendment(with(place, spec.with(rules)), edit(fields, condition), Narrowed.OTHERS);
        });
    }

    private Stream<Amendment> leavingOutSubjects(Wanted wanted, int place) {
        Spec spec = policy.specs().get(place);
        return conditions(new Peer.Pods(new NamespaceScope.Own(), wanted.subjects()))
                .map(condition -> new Amendment(
                        with(place, spec.selecting(spec.subject().and(condition))),
                        edit(List.of(spec.path() + ".endpointSelector"), condition),
                        Narrowed.SUBJECTS));
    }

    /** A selector can be left out by one of its labels: each one that it asks for. */
    private static Stream<Requirement> conditions(Peer peer) {
        Function<Peer.Pods, Stream<Requirement>> ofPods = pods -> pods.pods().requirements().stream()
                .filter(requirement -> requirement.operator() == Requirement.Operator.IN)
                .map(requirement -> Requirement.notIn(requirement.key(), requirement.values()));
        return peer.match(ofPods, block -> Stream.empty(), unknown -> Stream.empty());
    }

    private static Edit edit(List<String> selectors, Requirement condition) {
        return new Edit.LeftOut(selectors, WrittenSelector.expression(condition, condition.key()));
    }

    private CiliumPolicy with(int place, Spec spec) {
        List<Spec> specs = new ArrayList<>(policy.specs());
        specs.set(place, spec);
        return new CiliumPolicy(policy.namespace(), policy.name(), specs, policy.meant(), policy.refusals());
    }
}
