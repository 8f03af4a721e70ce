package dev.flowguard.view;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.verdict.trace.ChainTrace;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.StepTrace;
import dev.flowguard.wording.ChainWording;
import dev.flowguard.wording.KindNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The policies of several kinds that are asked in turn, in that order, each with those of its rules that were asked. */
final class ChainViews {
    private final ShownYaml yaml;
    private final Function<SideTrace.PolicyTrace, Explanation.PolicyView> networkPolicy;

    /** @param networkPolicy what is shown of a NetworkPolicy */
    ChainViews(ShownYaml yaml, Function<SideTrace.PolicyTrace, Explanation.PolicyView> networkPolicy) {
        this.yaml = yaml;
        this.networkPolicy = networkPolicy;
    }

    List<Explanation.PolicyView> of(ChainTrace trace) {
        List<Explanation.PolicyView> views = new ArrayList<>();
        for (ChainTrace.Part part : trace.parts()) {
            Map<RuledRef, Map<String, StepTrace.OneRule>> ruled = new LinkedHashMap<>();
            List<Explanation.PolicyView> plain = new ArrayList<>();
            for (StepTrace step : part.steps()) {
                step.<Runnable>match(
                                rule -> () -> add(ruled, rule),
                                policies -> () -> policies.policies().stream()
                                        .map(networkPolicy)
                                        .forEach(plain::add),
                                rest -> () -> rest.because().stream()
                                        .filter(ref -> ref.asPolicy().isEmpty())
                                        .filter(ref -> ruled.keySet().stream()
                                                .noneMatch(known ->
                                                        ObjectRef.of(known).equals(ref)))
                                        .map(this::withoutRules)
                                        .forEach(plain::add))
                        .run();
            }
            ruled.forEach((ref, rules) -> views.add(view(ref, rules)));
            views.addAll(plain);
        }
        return views;
    }

    /** A rule that is written once may be asked in parts: it matches where one of them does. */
    private static void add(Map<RuledRef, Map<String, StepTrace.OneRule>> ruled, StepTrace.OneRule step) {
        ruled.computeIfAbsent(step.policy().ref(), ref -> new LinkedHashMap<>())
                .merge(step.rule().label(), step, (one, other) -> weight(other) > weight(one) ? other : one);
    }

    private static int weight(StepTrace.OneRule step) {
        return step.answer().isYes() ? 2 : step.answer() == Answer.UNKNOWN ? 1 : 0;
    }

    private Explanation.PolicyView view(RuledRef ref, Map<String, StepTrace.OneRule> rules) {
        ObjectRef object = ObjectRef.of(ref);
        return new Explanation.PolicyView(
                object.toString(),
                kind(object),
                name(object),
                yaml.text(object),
                "",
                rules.values().stream().map(step -> rule(object, step)).toList());
    }

    private Explanation.PolicyView withoutRules(ObjectRef object) {
        return new Explanation.PolicyView(
                object.toString(),
                kind(object),
                name(object),
                yaml.text(object),
                "isolates it, and no rule of it matches",
                List.of());
    }

    private static String name(ObjectRef object) {
        return object.namespace().isEmpty() ? object.name() : object.namespace() + "/" + object.name();
    }

    private Explanation.RuleView rule(ObjectRef policy, StepTrace.OneRule step) {
        String place = place(step.rule().path());
        PolicyYaml.Lines lines = yaml.lines(policy, FieldPath.parse(place));
        return new Explanation.RuleView(
                place,
                Explainer.matches(step.answer()),
                action(step.action()),
                step.rule().label() + " " + ChainWording.does(step),
                ChainWording.misses(step),
                lines.first(),
                lines.last());
    }

    /** Without the API group, unless people would take it for another kind. */
    private static String kind(ObjectRef object) {
        return KindNames.toldApart(object).replaceFirst(" .*", "");
    }

    /** @param path as kinds' own texts have it, {@code ingress[0]} */
    static String place(String path) {
        return path.startsWith("specs[") ? path : "spec." + path;
    }

    private static String action(Action action) {
        return switch (action) {
            case ALLOW -> "Allow";
            case DENY -> "Deny";
            case PASS -> "Pass";
        };
    }
}
