package dev.flowguard.kubernetes.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/** Pods, and the templates from which controllers make them. */
public final class PodModel {
    private PodModel() {}

    public static Pod pod(Fields fields) {
        Pod pod = MetaModel.described(new Pod(), fields);
        pod.setSpec(fields.object("spec", PodModel::spec));
        pod.setStatus(fields.object("status", PodModel::status));
        return pod;
    }

    static PodTemplateSpec template(Fields fields) {
        PodTemplateSpec template = new PodTemplateSpec();
        template.setMetadata(fields.object("metadata", MetaModel::objectMeta));
        template.setSpec(fields.object("spec", PodModel::spec));
        return template;
    }

    private static PodSpec spec(Fields fields) {
        PodSpec spec = new PodSpec();
        spec.setHostNetwork(fields.flag("hostNetwork"));
        spec.setContainers(fields.list("containers", PodModel::container));
        spec.setInitContainers(fields.list("initContainers", PodModel::container));
        spec.setServiceAccount(fields.text("serviceAccount"));
        spec.setServiceAccountName(fields.text("serviceAccountName"));
        spec.setAutomountServiceAccountToken(fields.flag("automountServiceAccountToken"));
        spec.setDnsPolicy(fields.text("dnsPolicy"));
        spec.setNodeSelector(fields.textMap("nodeSelector"));
        return spec;
    }

    private static Container container(Fields fields) {
        Container container = new Container();
        container.setPorts(fields.list("ports", PodModel::containerPort));
        container.setRestartPolicy(fields.text("restartPolicy"));
        return container;
    }

    private static ContainerPort containerPort(Fields fields) {
        ContainerPort port = new ContainerPort();
        port.setContainerPort(fields.integer("containerPort"));
        port.setHostIP(fields.text("hostIP"));
        port.setHostPort(fields.integer("hostPort"));
        port.setName(fields.text("name"));
        port.setProtocol(fields.text("protocol"));
        return port;
    }

    private static PodStatus status(Fields fields) {
        PodStatus status = new PodStatus();
        status.setPhase(fields.text("phase"));
        status.setPodIP(fields.text("podIP"));
        status.setPodIPs(fields.list("podIPs", PodModel::podIp));
        return status;
    }

    private static PodIP podIp(Fields fields) {
        PodIP address = new PodIP();
        address.setIp(fields.text("ip"));
        return address;
    }
}
