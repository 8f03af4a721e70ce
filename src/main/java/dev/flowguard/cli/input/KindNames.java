package dev.flowguard.cli.input;

import dev.flowguard.kubernetes.implied.ImplyingKinds;
import dev.flowguard.policy.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How kubectl users call kinds: {@code svc}, {@code deployments}, {@code statefulset.apps}. */
public final class KindNames {
    /** With their short name; the plural is regular but for one. */
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("svc", "Service"),
            Map.entry("po", "Pod"),
            Map.entry("deploy", "Deployment"),
            Map.entry("sts", "StatefulSet"),
            Map.entry("ds", "DaemonSet"),
            Map.entry("rs", "ReplicaSet"),
            Map.entry("rc", "ReplicationController"),
            Map.entry("cj", "CronJob"),
            Map.entry("netpol", "NetworkPolicy"),
            Map.entry("ing", "Ingress"),
            Map.entry("ep", "Endpoints"),
            Map.entry("ns", "Namespace"),
            Map.entry("no", "Node"),
            Map.entry("fc", "FlowContract"),
            Map.entry("cfc", "ClusterFlowContract"));

    private static final List<String> OTHERS = Stream.concat(
                    Stream.of("Job", "EndpointSlice"), ImplyingKinds.namespacedByName().keySet().stream())
            .toList();

    private static final Map<String, String> ALL = Stream.concat(
                    SHORT.entrySet().stream(),
                    Stream.concat(SHORT.values().stream(), OTHERS.stream())
                            .flatMap(kind -> Stream.of(kind, plural(kind))
                                    .distinct()
                                    .map(name -> Map.entry(name.toLowerCase(Locale.ROOT), kind))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private KindNames() {}

    /** The kind as objects state it; what is no name of a kind that is read stays as it is. */
    public static String kind(String text) {
        String known = ALL.get(text.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        // A group tells a kind from others of its name, but for the groups of Kubernetes itself nobody needs it.
        int dot = text.indexOf('.');
        String group = dot < 0 ? "" : text.substring(dot + 1);
        boolean own = List.of("apps", "batch", "networking.k8s.io", "flowguard.dev", "discovery.k8s.io")
                .contains(group);
        return own ? ALL.getOrDefault(text.substring(0, dot).toLowerCase(Locale.ROOT), text) : text;
    }

    /** Whether that is the name of a kind that is read. */
    public static boolean isKind(String text) {
        return ALL.containsValue(kind(text));
    }

    /** What may have been meant, as the end of a sentence. */
    public static String hint(String text) {
        return isKind(text)
                ? ""
                : Spelling.hint(text, ALL.values().stream().distinct().toList());
    }

    private static String plural(String kind) {
        String plural = kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
        return kind.endsWith("ss") ? kind + "es" : kind.equals("Endpoints") ? kind : plural;
    }
}
