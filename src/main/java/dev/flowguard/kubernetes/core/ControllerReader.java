package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.policy.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetOrdinals;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the controllers that make pods. A template counts while it can still make pods, whether or not there are any now
 * (SEMANTICS N7): that of a Deployment without replicas does, that of a finished Job or of a ReplicaSet that a rollout left
 * behind does not.
 */
public final class ControllerReader {
    private static final Set<String> LABELLED_BY_HAND =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob");

    private static final FieldPath TEMPLATE = FieldPath.of("spec", "template");
    private static final String DEPLOYMENT = "Deployment";
    private static final Set<String> FINISHED = Set.of("Complete", "Failed");

    private final Owner owner;
    private final Metadata metadata;
    private final Notes notes;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Map<String, String>> templateAnnotations = new ArrayList<>();

    private ControllerReader(HasMetadata object, Metadata metadata, Notes notes) {
        this.owner = new Owner(object.getKind(), metadata.name());
        this.metadata = metadata;
        this.notes = notes;
    }

    public static List<Fact> deployment(Deployment object, Metadata metadata, Notes notes) {
        DeploymentSpec spec = Absent.asBlank(object.getSpec(), DeploymentSpec::new);
        return new ControllerReader(object, metadata, notes)
                .template(spec.getTemplate(), TEMPLATE, written -> PerPodLabels.Unforeseen.OF_DEPLOYMENT)
                .facts();
    }

    public static List<Fact> daemonSet(DaemonSet object, Metadata metadata, Notes notes) {
        DaemonSetSpec spec = Absent.asBlank(object.getSpec(), DaemonSetSpec::new);
        ControllerReader reader = new ControllerReader(object, metadata, notes)
                .template(spec.getTemplate(), TEMPLATE, written -> PerPodLabels.Unforeseen.OF_DAEMON_SET);
        reader.facts.add(new Fact.NodeAgent(metadata.namespace(), metadata.name()));
        return reader.facts();
    }

    public static List<Fact> replicaSet(ReplicaSet object, Metadata metadata, Notes notes) {
        ReplicaSetSpec spec = Absent.asBlank(object.getSpec(), ReplicaSetSpec::new);
        boolean ofDeployment = ControllerReference.of(object)
                .filter(owner -> owner.kind().equals(DEPLOYMENT))
                .isPresent();
        if (ofDeployment && replicas(spec.getReplicas()) == 0) {
            return List.of();
        }
        return new ControllerReader(object, metadata, notes)
                .controlledBy(object)
                .template(spec.getTemplate())
                .facts();
    }

    public static List<Fact> replicationController(ReplicationController object, Metadata metadata, Notes notes) {
        ReplicationControllerSpec spec = Absent.asBlank(object.getSpec(), ReplicationControllerSpec::new);
        return new ControllerReader(object, metadata, notes)
                .controlledBy(object)
                .template(spec.getTemplate())
                .facts();
    }

    public static List<Fact> statefulSet(StatefulSet object, Metadata metadata, Notes notes) {
        StatefulSetSpec spec = Absent.asBlank(object.getSpec(), StatefulSetSpec::new);
        @Nullable
        Integer start =
                Absent.asBlank(spec.getOrdinals(), StatefulSetOrdinals::new).getStart();
        PerPodLabels ordinals =
                new PerPodLabels.Ordinals(metadata.name(), start == null ? 0 : start, replicas(spec.getReplicas()));
        return new ControllerReader(object, metadata, notes)
                .template(spec.getTemplate(), TEMPLATE, written -> ordinals)
                .facts();
    }

    public static List<Fact> job(Job object, Metadata metadata, Notes notes) {
        JobSpec spec = Absent.asBlank(object.getSpec(), JobSpec::new);
        if (isFinished(object)) {
            return List.of();
        }
        PerPodLabels ofJob = new PerPodLabels.OfJob(metadata.name());
        return new ControllerReader(object, metadata, notes)
                .controlledBy(object)
                .template(spec.getTemplate(), TEMPLATE, written -> ofJob)
                .facts();
    }

    public static List<Fact> cronJob(CronJob object, Metadata metadata, Notes notes) {
        CronJobSpec spec = Absent.asBlank(object.getSpec(), CronJobSpec::new);
        JobTemplateSpec jobTemplate = Absent.asBlank(spec.getJobTemplate(), JobTemplateSpec::new);
        JobSpec jobSpec = Absent.asBlank(jobTemplate.getSpec(), JobSpec::new);
        return new ControllerReader(object, metadata, notes)
                .annotated(jobTemplate.getMetadata())
                .template(
                        jobSpec.getTemplate(),
                        FieldPath.of("spec", "jobTemplate").then(TEMPLATE),
                        written -> PerPodLabels.Unforeseen.OF_CRON_JOB)
                .facts();
    }

    /**
     * ReplicaSets, ReplicationControllers and Jobs are made anew for each revision or run, so what controls one is the workload
     * that people know. A Deployment, StatefulSet, DaemonSet or CronJob is that itself, even where an operator made it.
     */
    private ControllerReader controlledBy(HasMetadata object) {
        ControllerReference.of(object)
                .map(parent -> new Fact.Owned(metadata.namespace(), owner, parent))
                .ifPresent(facts::add);
        return this;
    }

    private ControllerReader template(@Nullable PodTemplateSpec template) {
        return template(template, TEMPLATE, ControllerReader::asWritten);
    }

    /** @param perPod the labels that pods get one by one, given those of them that the template has */
    private ControllerReader template(
            @Nullable PodTemplateSpec template, FieldPath path, Function<Labels, PerPodLabels> perPod) {
        if (template == null) {
            notes.problem(path, "is missing: a " + owner.kind() + " needs a template for its pods");
            return this;
        }
        ShapeReader.Read read = new ShapeReader(notes).read(template.getMetadata(), template.getSpec(), path);
        annotated(template.getMetadata());
        facts.add(new Fact.Template(metadata.namespace(), owner, read.shape(), perPod.apply(read.perPod())));
        IdentityReader.identity(owner, template.getSpec()).forEach(facts::add);
        labelled(read.shape().labels());
        return this;
    }

    /** Whoever labels the controller may believe that its pods are labelled so; revisions and runs have their makers' labels. */
    private void labelled(Labels ofPods) {
        Labels own = Labels.of(metadata.labels()).keeping(key -> !ofPods.has(key) && !PerPodLabels.isPerPod(key));
        if (!own.isEmpty() && LABELLED_BY_HAND.contains(owner.kind())) {
            facts.add(new Fact.Labelled(owner, own));
        }
    }

    private ControllerReader annotated(@Nullable ObjectMeta template) {
        templateAnnotations.add(
                Absent.asEmpty(Absent.asBlank(template, ObjectMeta::new).getAnnotations()));
        return this;
    }

    private List<Fact> facts() {
        ObjectRef object = new ObjectRef(owner.kind(), metadata.namespace(), owner.name());
        facts.addAll(Declarations.ofPodsOf(object, metadata.annotations(), templateAnnotations));
        return facts;
    }

    private static PerPodLabels asWritten(Labels labels) {
        return labels.isEmpty() ? new PerPodLabels.Unforeseen() : new PerPodLabels.Written(labels);
    }

    private static int replicas(@Nullable Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    private static boolean isFinished(Job job) {
        JobStatus status = Absent.asBlank(job.getStatus(), JobStatus::new);
        return Absent.asEmpty(status.getConditions(), JobCondition::new).stream()
                .anyMatch(condition ->
                        FINISHED.contains(Absent.asEmpty(condition.getType())) && "True".equals(condition.getStatus()));
    }
}
