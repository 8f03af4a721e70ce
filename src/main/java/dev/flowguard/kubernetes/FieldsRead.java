package dev.flowguard.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import java.util.Map;
import java.util.Set;

/**
 * The fields that {@link dev.flowguard.kubernetes.model} reads, of the model classes of which it reads few; of classes that are not
 * listed it reads all. Whoever parses a stream of objects skips the others.
 */
final class FieldsRead {
    private static final String[] OBJECT = {"apiVersion", "kind", "metadata", "spec"};

    private static final Map<Class<?>, Set<String>> FIELDS = Map.ofEntries(
            of(
                    ObjectMeta.class,
                    "name",
                    "generateName",
                    "namespace",
                    "labels",
                    "annotations",
                    "ownerReferences",
                    "creationTimestamp",
                    "deletionTimestamp"),
            of(Deployment.class, OBJECT),
            of(DeploymentSpec.class, "template"),
            of(DaemonSet.class, OBJECT),
            of(DaemonSetSpec.class, "template"),
            of(ReplicaSet.class, OBJECT),
            of(ReplicaSetSpec.class, "replicas", "template"),
            of(ReplicationController.class, OBJECT),
            of(ReplicationControllerSpec.class, "template"),
            of(StatefulSet.class, OBJECT),
            of(StatefulSetSpec.class, "replicas", "ordinals", "template"),
            of(CronJob.class, OBJECT),
            of(CronJobSpec.class, "jobTemplate"),
            of(JobSpec.class, "template"),
            of(JobStatus.class, "conditions"),
            of(
                    PodSpec.class,
                    "hostNetwork",
                    "containers",
                    "initContainers",
                    "serviceAccount",
                    "serviceAccountName",
                    "automountServiceAccountToken",
                    "dnsPolicy",
                    "nodeSelector"),
            of(PodStatus.class, "phase", "podIP", "podIPs"),
            of(Container.class, "ports", "restartPolicy"),
            of(Service.class, OBJECT),
            of(
                    ServiceSpec.class,
                    "type",
                    "selector",
                    "ports",
                    "clusterIP",
                    "clusterIPs",
                    "externalIPs",
                    "externalTrafficPolicy",
                    "externalName"),
            of(Endpoint.class, "addresses"),
            of(Ingress.class, OBJECT),
            of(IngressSpec.class, "ingressClassName", "defaultBackend", "rules"),
            of(IngressRule.class, "http"),
            of(HTTPIngressPath.class, "backend"),
            of(IngressBackend.class, "service"),
            of(Node.class, "apiVersion", "kind", "metadata", "spec", "status"),
            of(NodeSpec.class, "podCIDR", "podCIDRs"),
            of(NodeStatus.class, "addresses", "conditions"));

    private static Map.Entry<Class<?>, Set<String>> of(Class<?> type, String... fields) {
        return Map.entry(type, Set.of(fields));
    }

    private FieldsRead() {}

    static boolean isRead(Class<?> type, String field) {
        return !FIELDS.containsKey(type) || FIELDS.get(type).contains(field);
    }
}
