package dev.flowguard.admission.decision;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.PairAssessment;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a rejection rests on: all that would have to be otherwise for the change to break nothing.
 *
 * @param namespaces whose policies, contracts and own labels and annotations decide; {@link #CLUSTER} for the cluster's contracts
 * @param objects others that decide: contracts elsewhere, annotated objects, the Services that flows lead to, controllers
 * @param workloads whose pods would be cut off
 */
public record Grounds(Set<String> namespaces, Set<ObjectRef> objects, Set<Workload> workloads) {
    /** So many objects, and so many workloads, are read again at most: a rejection stands on a few of them as well as on all. */
    static final int MOST = 8;

    /** Among namespaces: what belongs to none, the contracts of the whole cluster. */
    public static final String CLUSTER = "";

    private static final String SERVICE = "Service";

    public Grounds {
        namespaces = Set.copyOf(namespaces);
        objects = Set.copyOf(objects);
        workloads = Set.copyOf(workloads);
    }

    /** Those namespaces, and nothing else. */
    public static Grounds of(Set<String> namespaces) {
        return new Grounds(namespaces, Set.of(), Set.of());
    }

    /**
     * What an admission rests on: the policies, the contracts and the labels of the policy's own namespace and of those whose contracts speak
     * of it, some of them where they are many, and the contracts of the cluster.
     */
    static Grounds ofAdmission(Decision.Judged judged, int most) {
        Set<String> namespaces = new LinkedHashSet<>(List.of(CLUSTER));
        namespaces.add(judged.assessment().change().policy().namespace());
        judged.rulings().stream()
                .flatMap(ruling -> Stream.concat(
                        Stream.of(ruling.flow().flow().contract().source().homeNamespace()),
                        ruling.flow().examples().stream().flatMap(example -> example.pair().namespaces().stream())))
                .filter(namespace -> namespaces.size() <= most)
                .forEach(namespaces::add);
        return of(namespaces);
    }

    /** Those of both. */
    Grounds and(Grounds other) {
        return new Grounds(
                both(namespaces, other.namespaces), both(objects, other.objects), both(workloads, other.workloads));
    }

    /** Whether all of the other is in here. */
    boolean include(Grounds other) {
        return namespaces.containsAll(other.namespaces)
                && objects.containsAll(other.objects)
                && workloads.containsAll(other.workloads);
    }

    private static <T> Set<T> both(Set<T> some, Set<T> others) {
        Set<T> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** The grounds of a rejection, in some of the namespaces. */
    static Grounds of(Decision.Judged judged, Set<String> namespaces) {
        Snapshot cluster = judged.assessment().aftermath().cluster();
        Set<ObjectRef> objects = new LinkedHashSet<>();
        Set<Workload> workloads = new LinkedHashSet<>();
        for (FlowRuling ruling : judged.grounds()) {
            DeclaredFlow flow = ruling.flow().flow();
            source(flow.contract().source(), namespaces).forEach(objects::add);
            Stream.of(flow.flow().from(), flow.flow().to())
                    .flatMap(end -> services(end, cluster))
                    .forEach(objects::add);
            for (PairAssessment example : ruling.flow().examples(Effect.NEWLY_BROKEN)) {
                if (namespaces.containsAll(example.pair().namespaces())) {
                    workload(example.pair().source()).forEach(workloads::add);
                    workload(example.pair().destination()).forEach(workloads::add);
                }
            }
        }
        workloads.stream()
                .limit(MOST)
                .forEach(workload -> workload.owners().stream()
                        .filter(owner -> !owner.isBarePod())
                        .map(owner -> new ObjectRef(owner.kind(), workload.namespace(), owner.name()))
                        .forEach(objects::add));
        return new Grounds(new TreeSet<>(namespaces), some(objects), some(workloads));
    }

    private static <T> Set<T> some(Set<T> all) {
        return new LinkedHashSet<>(all.stream().limit(MOST).toList());
    }

    /** Where the contract is written; nothing where that is read anyway. */
    private static Stream<ObjectRef> source(ContractSource source, Set<String> namespaces) {
        boolean isReadAnyway = !source.isAnnotation() && namespaces.contains(source.homeNamespace())
                || source.object().kind().equals("Namespace")
                        && namespaces.contains(source.object().name());
        return isReadAnyway ? Stream.of() : Stream.of(source.object());
    }

    /** The Services by which an end is found. */
    private static Stream<ObjectRef> services(FlowEnd end, Snapshot cluster) {
        if (end instanceof FlowEnd.ServicePods service) {
            return Stream.of(new ObjectRef(SERVICE, service.namespace(), service.name()));
        }
        if (end instanceof FlowEnd.WellKnown wellKnown) {
            return wellKnown.name() == FlowEnd.WellKnown.Name.CLUSTER_DNS
                    ? cluster.dns().services().stream()
                            .map(service -> new ObjectRef(SERVICE, service.namespace(), service.name()))
                    : Stream.of(new ObjectRef(SERVICE, "default", "kubernetes"));
        }
        return Stream.of();
    }

    private static List<Workload> workload(Endpoint end) {
        return end.match(pods -> List.of(pods.workload()), addresses -> List.of());
    }
}
