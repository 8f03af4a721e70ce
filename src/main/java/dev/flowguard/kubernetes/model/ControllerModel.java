package dev.flowguard.kubernetes.model;

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

/** What makes pods of a template. */
public final class ControllerModel {
    private static final String SPEC = "spec";
    private static final String TEMPLATE = "template";
    private static final String REPLICAS = "replicas";

    private ControllerModel() {}

    public static Deployment deployment(Fields fields) {
        Deployment deployment = MetaModel.described(new Deployment(), fields);
        deployment.setSpec(fields.object(SPEC, spec -> {
            DeploymentSpec read = new DeploymentSpec();
            read.setTemplate(spec.object(TEMPLATE, PodModel::template));
            return read;
        }));
        return deployment;
    }

    public static DaemonSet daemonSet(Fields fields) {
        DaemonSet daemonSet = MetaModel.described(new DaemonSet(), fields);
        daemonSet.setSpec(fields.object(SPEC, spec -> {
            DaemonSetSpec read = new DaemonSetSpec();
            read.setTemplate(spec.object(TEMPLATE, PodModel::template));
            return read;
        }));
        return daemonSet;
    }

    public static ReplicaSet replicaSet(Fields fields) {
        ReplicaSet replicaSet = MetaModel.described(new ReplicaSet(), fields);
        replicaSet.setSpec(fields.object(SPEC, spec -> {
            ReplicaSetSpec read = new ReplicaSetSpec();
            read.setReplicas(spec.integer(REPLICAS));
            read.setTemplate(spec.object(TEMPLATE, PodModel::template));
            return read;
        }));
        return replicaSet;
    }

    public static ReplicationController replicationController(Fields fields) {
        ReplicationController controller = MetaModel.described(new ReplicationController(), fields);
        controller.setSpec(fields.object(SPEC, spec -> {
            ReplicationControllerSpec read = new ReplicationControllerSpec();
            read.setTemplate(spec.object(TEMPLATE, PodModel::template));
            return read;
        }));
        return controller;
    }

    public static StatefulSet statefulSet(Fields fields) {
        StatefulSet statefulSet = MetaModel.described(new StatefulSet(), fields);
        statefulSet.setSpec(fields.object(SPEC, spec -> {
            StatefulSetSpec read = new StatefulSetSpec();
            read.setReplicas(spec.integer(REPLICAS));
            read.setOrdinals(spec.object("ordinals", ControllerModel::ordinals));
            read.setTemplate(spec.object(TEMPLATE, PodModel::template));
            return read;
        }));
        return statefulSet;
    }

    private static StatefulSetOrdinals ordinals(Fields fields) {
        StatefulSetOrdinals ordinals = new StatefulSetOrdinals();
        ordinals.setStart(fields.integer("start"));
        return ordinals;
    }

    public static Job job(Fields fields) {
        Job job = MetaModel.described(new Job(), fields);
        job.setSpec(fields.object(SPEC, ControllerModel::jobSpec));
        job.setStatus(fields.object("status", status -> {
            JobStatus read = new JobStatus();
            read.setConditions(status.list("conditions", ControllerModel::jobCondition));
            return read;
        }));
        return job;
    }

    public static CronJob cronJob(Fields fields) {
        CronJob cronJob = MetaModel.described(new CronJob(), fields);
        cronJob.setSpec(fields.object(SPEC, spec -> {
            CronJobSpec read = new CronJobSpec();
            read.setJobTemplate(spec.object("jobTemplate", ControllerModel::jobTemplate));
            return read;
        }));
        return cronJob;
    }

    private static JobTemplateSpec jobTemplate(Fields fields) {
        JobTemplateSpec template = new JobTemplateSpec();
        template.setMetadata(fields.object("metadata", MetaModel::objectMeta));
        template.setSpec(fields.object(SPEC, ControllerModel::jobSpec));
        return template;
    }

    private static JobSpec jobSpec(Fields fields) {
        JobSpec spec = new JobSpec();
        spec.setTemplate(fields.object(TEMPLATE, PodModel::template));
        return spec;
    }

    private static JobCondition jobCondition(Fields fields) {
        JobCondition condition = new JobCondition();
        condition.setLastProbeTime(fields.text("lastProbeTime"));
        condition.setLastTransitionTime(fields.text("lastTransitionTime"));
        condition.setMessage(fields.text("message"));
        condition.setReason(fields.text("reason"));
        condition.setStatus(fields.text("status"));
        condition.setType(fields.text("type"));
        return condition;
    }
}
