package dev.flowguard.wording;

import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.RuledPolicies.SetAside;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Policies of other kinds of which the rules are not asked, or about which something is assumed: by kind and object, with the reason. */
public final class SetAsideWording {
    private SetAsideWording() {}

    /** A line for each reason: {@code not evaluated: EgressFirewall shop/default (…), so verdicts about namespace shop are undetermined}. */
    public static List<String> of(RuledPolicies policies) {
        List<String> lines = new ArrayList<>();
        byReason(policies.unclear())
                .forEach((why, objects) -> lines.add("not evaluated: " + names(objects) + " (" + why
                        + "), so verdicts about pods " + where(objects) + " are undetermined"));
        byReason(policies.ignored())
                .forEach((why, objects) -> lines.add("no effect: " + names(objects) + " (" + why + ")"));
        byReason(policies.remarks())
                .forEach((remark, objects) -> lines.add("assumed: " + names(objects) + ": " + remark));
        return lines;
    }

    private static Map<String, List<ObjectRef>> byReason(List<SetAside> asides) {
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
