package dev.flowguard.wording;

import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.RuledPolicies.SetAside;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Policies of other kinds of which the rules are not asked, or about which something is assumed: by kind and object, with the reason. */
public final class SetAsideWording {
    private SetAsideWording() {}

    /** A line for each reason: {@code not evaluated: EgressFirewall shop/default (…), so verdicts about namespace shop are undetermined}. */
    public static List<String> of(RuledPolicies policies) {
        return of(policies, object -> true);
    }

    private static List<String> of(RuledPolicies policies, Predicate<ObjectRef> wanted) {
        List<String> lines = new ArrayList<>();
        byReason(policies.unclear(), wanted)
                .forEach((why, objects) -> lines.add("not evaluated: " + names(objects) + " (" + why
                        + "), so verdicts about pods " + where(objects) + " are undetermined"));
        byReason(policies.ignored(), wanted)
                .forEach((why, objects) -> lines.add("no effect on pods: " + names(objects) + " (" + why + ")"));
        byReason(policies.remarks(), wanted)
                .forEach((why, objects) -> lines.add("assumed: " + names(objects) + ": " + why));
        return lines;
    }

    /** What of this is about one object, for whoever changes it. */
    public static List<String> about(ObjectRef object, RuledPolicies policies) {
        return of(policies, object::equals);
    }

    private static Map<String, List<ObjectRef>> byReason(List<SetAside> asides, Predicate<ObjectRef> wanted) {
        Map<String, List<ObjectRef>> grouped = new LinkedHashMap<>();
        asides.forEach(aside ->
                grouped.computeIfAbsent(aside.why(), why -> new ArrayList<>()).add(aside.object()));
        return grouped;
    }

    private static String names(List<ObjectRef> objects) {
        return Names.some(objects.stream().map(KindNames::of).toList());
    }

    private static String where(List<ObjectRef> objects) {
        List<String> namespaces =
                objects.stream().map(ObjectRef::namespace).distinct().sorted().toList();
        return namespaces.contains("")
                ? "everywhere"
                : "of namespace" + (namespaces.size() == 1 ? " " : "s ") + Names.some(namespaces);
    }
}
