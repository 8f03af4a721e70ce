package dev.flowguard.cli.completion;

import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.cli.input.KindNames;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Values of options that are no paths: ids, and names from the cluster that is asked about. */
final class Values {
    private static final String SERVICE = "Service";
    private static final Set<String> WORKLOADS_AND_SERVICES =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob", SERVICE);
    private static final Set<String> DELETABLE =
            Set.of("NetworkPolicy", SERVICE, "FlowContract", "ClusterFlowContract", "Namespace");

    /** As people write them before a slash. */
    private static final List<String> KINDS = List.of("svc/", "deploy/", "sts/", "ds/", "cj/");

    private final ChosenCluster cluster;

    /** @param words that come before; they choose the cluster */
    Values(List<String> words) {
        this.cluster = new ChosenCluster(words);
    }

    /** @param begun what is there of the value */
    List<String> of(ArgSpec argument, String begun) {
        if (argument instanceof OptionSpec option) {
            switch (option.longestName()) {
                case "--context" -> {
                    return cluster.contexts();
                }
                case "--namespace" -> {
                    return cluster.namespaces();
                }
                case "--cni" -> {
                    return CniProfile.names();
                }
                case "--dns" -> {
                    return names(cluster.objects(Set.of(SERVICE)), Values::inNamespace);
                }
                case "--findings" -> {
                    return levels(findings(), begun);
                }
                case "--implied" -> {
                    return levels(
                            Stream.of(ImpliedKind.values()).map(ImpliedKind::id).toList(), begun);
                }
                case "--delete" -> {
                    return names(cluster.objects(DELETABLE), Values::withKind);
                }
                default -> {
                    return option.paramLabel().equals("END") ? ends(begun) : List.of();
                }
            }
        }
        return argument.paramLabel().equals("ID") ? findings() : List.of();
    }

    private static List<String> findings() {
        return Findings.kinds().stream().map(FindingKind::id).toList();
    }

    /** {@code ID=}, and behind that {@code ID=LEVEL}; of several, separated by commas, the last. */
    private static List<String> levels(List<String> ids, String begun) {
        String before = begun.substring(0, begun.lastIndexOf(',') + 1);
        String last = begun.substring(before.length());
        int equals = last.indexOf('=');
        Stream<String> all = equals < 0
                ? ids.stream().map(id -> id + "=")
                : Stream.of(FindingLevel.values()).map(level -> last.substring(0, equals + 1) + level.spelling());
        return all.map(each -> before + each).toList();
    }

    /** Workloads and Services: of the namespace chosen by {@code -n} by their names alone. */
    private List<String> ends(String begun) {
        int slash = begun.indexOf('/');
        String kind = slash > 0 ? begun.substring(0, slash) : "";
        String home = cluster.namespace();
        if (!kind.isEmpty() && KindNames.isKind(kind)) {
            return names(
                    cluster.objects(Set.of(KindNames.kind(kind))),
                    object -> kind + "/" + (home.isEmpty() ? inNamespace(object) : object.name()));
        }
        List<String> names =
                names(cluster.objects(WORKLOADS_AND_SERVICES), home.isEmpty() ? Values::inNamespace : ObjectRef::name);
        return begun.isEmpty()
                ? names
                : Stream.concat(names.stream(), KINDS.stream()).toList();
    }

    private static List<String> names(List<ObjectRef> objects, Function<ObjectRef, String> spelling) {
        return objects.stream().map(spelling).distinct().sorted().toList();
    }

    private static String inNamespace(ObjectRef object) {
        return object.namespace() + "/" + object.name();
    }

    private static String withKind(ObjectRef object) {
        return object.kind() + "/" + (object.namespace().isEmpty() ? object.name() : inNamespace(object));
    }
}
