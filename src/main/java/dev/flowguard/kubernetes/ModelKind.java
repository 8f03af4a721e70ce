package dev.flowguard.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.core.ControllerReader;
import dev.flowguard.kubernetes.core.EndpointReader;
import dev.flowguard.kubernetes.core.IngressReader;
import dev.flowguard.kubernetes.core.NamespaceReader;
import dev.flowguard.kubernetes.core.NodeReader;
import dev.flowguard.kubernetes.core.PodReader;
import dev.flowguard.kubernetes.core.ServiceReader;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.ObjectKind;
import dev.flowguard.kubernetes.field.Reading;
import dev.flowguard.kubernetes.field.Scope;
import dev.flowguard.kubernetes.model.ControllerModel;
import dev.flowguard.kubernetes.model.Fields;
import dev.flowguard.kubernetes.model.IngressModel;
import dev.flowguard.kubernetes.model.PlaceModel;
import dev.flowguard.kubernetes.model.PodModel;
import dev.flowguard.kubernetes.model.PolicyModel;
import dev.flowguard.kubernetes.model.ServiceModel;
import dev.flowguard.kubernetes.policy.PolicyReader;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of which the client has a model class and which tells something about traffic.
 *
 * @param model makes the object of its fields
 * @param servedBefore API versions that clusters no longer serve
 */
record ModelKind<T extends HasMetadata>(
        ObjectKind kind,
        Class<T> type,
        Scope scope,
        Function<Fields, T> model,
        Facts<T> facts,
        Set<String> servedBefore) {
    /** Reads what an object of the kind tells. */
    interface Facts<T> {
        List<Fact> read(T object, Metadata metadata, Notes notes);
    }

    private static final List<ModelKind<?>> ALL = List.of(
            namespaced(
                    "networking.k8s.io/v1",
                    NetworkPolicy.class,
                    PolicyModel::networkPolicy,
                    PolicyReader::facts,
                    "extensions/v1beta1"),
            namespaced("v1", Pod.class, PodModel::pod, PodReader::facts),
            namespaced(
                    "apps/v1",
                    Deployment.class,
                    ControllerModel::deployment,
                    ControllerReader::deployment,
                    "extensions/v1beta1",
                    "apps/v1beta1",
                    "apps/v1beta2"),
            namespaced(
                    "apps/v1",
                    StatefulSet.class,
                    ControllerModel::statefulSet,
                    ControllerReader::statefulSet,
                    "apps/v1beta1",
                    "apps/v1beta2"),
            namespaced(
                    "apps/v1",
                    DaemonSet.class,
                    ControllerModel::daemonSet,
                    ControllerReader::daemonSet,
                    "extensions/v1beta1",
                    "apps/v1beta2"),
            namespaced(
                    "apps/v1",
                    ReplicaSet.class,
                    ControllerModel::replicaSet,
                    ControllerReader::replicaSet,
                    "extensions/v1beta1",
                    "apps/v1beta2"),
            namespaced(
                    "v1",
                    ReplicationController.class,
                    ControllerModel::replicationController,
                    ControllerReader::replicationController),
            namespaced("batch/v1", Job.class, ControllerModel::job, ControllerReader::job),
            namespaced(
                    "batch/v1",
                    CronJob.class,
                    ControllerModel::cronJob,
                    ControllerReader::cronJob,
                    "batch/v1beta1",
                    "batch/v2alpha1"),
            namespaced("v1", Service.class, ServiceModel::service, ServiceReader::facts),
            namespaced(
                    "discovery.k8s.io/v1",
                    EndpointSlice.class,
                    ServiceModel::endpointSlice,
                    EndpointReader::slice,
                    "discovery.k8s.io/v1beta1"),
            namespaced("v1", Endpoints.class, ServiceModel::endpoints, EndpointReader::endpoints),
            namespaced(
                    "networking.k8s.io/v1",
                    Ingress.class,
                    IngressModel::ingress,
                    IngressReader::facts,
                    "extensions/v1beta1",
                    "networking.k8s.io/v1beta1"),
            clusterScoped(Namespace.class, PlaceModel::namespace, NamespaceReader::facts),
            clusterScoped(Node.class, PlaceModel::node, NodeReader::facts));

    private static final Map<ObjectKind, ModelKind<?>> BY_KIND =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ModelKind::kind, Function.identity()));
    private static final Map<Class<?>, ModelKind<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ModelKind::type, Function.identity()));
    private static final Map<ObjectKind, ModelKind<?>> BY_FORMER_KIND = ALL.stream()
            .flatMap(each -> each.formerKinds().map(former -> Map.entry(former, each)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static <T extends HasMetadata> ModelKind<T> namespaced(
            String apiVersion, Class<T> type, Function<Fields, T> model, Facts<T> facts, String... servedBefore) {
        ObjectKind kind = new ObjectKind(apiVersion, type.getSimpleName());
        return new ModelKind<>(kind, type, Scope.NAMESPACED, model, facts, Set.of(servedBefore));
    }

    private static <T extends HasMetadata> ModelKind<T> clusterScoped(
            Class<T> type, Function<Fields, T> model, Facts<T> facts) {
        return new ModelKind<>(new ObjectKind("v1", type.getSimpleName()), type, Scope.CLUSTER, model, facts, Set.of());
    }

    static Optional<ModelKind<?>> of(ObjectKind kind) {
        return Optional.ofNullable(BY_KIND.get(kind));
    }

    static Optional<ModelKind<?>> of(Class<?> type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    /** The kind of that name, whatever its API version. */
    static Optional<ModelKind<?>> named(String name) {
        return ALL.stream()
                .filter(each -> each.kind().kind().equals(name))
                .<ModelKind<?>>map(each -> each)
                .findFirst();
    }

    static Stream<String> qualifiedNames() {
        return ALL.stream().map(each -> each.kind().qualified());
    }

    /** How the kinds of an API group are called. */
    static List<String> namesIn(String group) {
        return ALL.stream()
                .map(ModelKind::kind)
                .filter(kind -> kind.group().equals(group))
                .map(ObjectKind::kind)
                .toList();
    }

    /** The kind that took the place of one that is no longer served. */
    static Optional<ModelKind<?>> successorOf(ObjectKind former) {
        return Optional.ofNullable(BY_FORMER_KIND.get(former));
    }

    private Stream<ObjectKind> formerKinds() {
        return servedBefore.stream().map(version -> new ObjectKind(version, kind.kind()));
    }

    /** What is written in a wrong type is left out and told, and so is what else is wrong. */
    Reading read(ObjectNode tree) {
        Notes notes = new Notes();
        T object = model.apply(Fields.of(tree, notes));
        List<FieldProblem> mistyped = List.copyOf(notes.problems());
        Metadata metadata = Metadata.of(object, scope, notes);
        List<Fact> told = facts.read(object, metadata, notes);
        return reading(
                metadata,
                told,
                notes.problems().stream()
                        .filter(problem -> mistyped.contains(problem)
                                || mistyped.stream()
                                        .noneMatch(other -> other.path().isOnTheWayOf(problem.path())))
                        .toList());
    }

    Reading readUntyped(HasMetadata object) {
        return read(type.cast(object));
    }

    private Reading read(T object) {
        Notes notes = new Notes();
        Metadata metadata = Metadata.of(object, scope, notes);
        return reading(metadata, facts.read(object, metadata, notes), notes.problems());
    }

    private Reading reading(Metadata metadata, List<Fact> told, List<FieldProblem> problems) {
        return Reading.of(new ObjectRef(kind.kind(), metadata.namespace(), metadata.name()), told, problems);
    }
}
