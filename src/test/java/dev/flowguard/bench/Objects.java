package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.bench.GeneratedCluster.App;
import java.util.List;

/** Kubernetes objects with the fields that matter to a verdict. */
final class Objects {
    record Port(String name, String protocol, int port, int target) {}

    static final List<Port> DNS_PORTS = List.of(new Port("dns", "UDP", 53, 53), new Port("dns-tcp", "TCP", 53, 53));
    static final List<Port> HTTP_PORT = List.of(new Port("http", "TCP", 80, 8080));

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    ObjectNode namespace(String name) {
        ObjectNode namespace = object("v1", "Namespace", "", name);
        labels(namespace).put("kubernetes.io/metadata.name", name).put("team", "t" + name.length() % 7);
        namespace.putObject("status").put("phase", "Active");
        return namespace;
    }

    ObjectNode node(String name, String address) {
        ObjectNode node = object("v1", "Node", "", name);
        node.putObject("status")
                .putArray("addresses")
                .addObject()
                .put("type", "InternalIP")
                .put("address", address);
        return node;
    }

    ObjectNode service(String namespace, String name, String clusterIp, String key, String value, List<Port> ports) {
        ObjectNode service = object("v1", "Service", namespace, name);
        ObjectNode spec = service.putObject("spec").put("clusterIP", clusterIp);
        spec.putObject("selector").put(key, value);
        ArrayNode list = spec.putArray("ports");
        ports.forEach(port -> list.addObject()
                .put("name", port.name())
                .put("protocol", port.protocol())
                .put("port", port.port())
                .put("targetPort", port.target()));
        return service;
    }

    ObjectNode daemonSet(String namespace, String name) {
        ObjectNode set = object("apps/v1", "DaemonSet", namespace, name);
        template(set.putObject("spec"), new App(name, "k8s-app", name, 1, false), 1);
        ((ObjectNode) set.at("/spec/template/spec")).put("hostNetwork", true);
        return set;
    }

    ObjectNode controller(String namespace, App app) {
        ObjectNode controller =
                object("apps/v1", app.isStateful() ? "StatefulSet" : "Deployment", namespace, app.name());
        template(controller.putObject("spec"), app, app.replicas());
        return controller;
    }

    ObjectNode replicaSet(String namespace, App app, String hash) {
        ObjectNode set = object("apps/v1", "ReplicaSet", namespace, app.name() + "-" + hash);
        owner(set, "Deployment", app.name());
        template(set.putObject("spec"), app, app.replicas());
        ((ObjectNode) set.at("/spec/selector/matchLabels")).put("pod-template-hash", hash);
        ((ObjectNode) set.at("/spec/template/metadata/labels")).put("pod-template-hash", hash);
        return set;
    }

    ObjectNode pod(String namespace, App app, String hash, int index, String address) {
        String name = app.isStateful() ? app.name() + "-" + index : app.name() + "-" + hash + "-" + index;
        ObjectNode pod = object("v1", "Pod", namespace, name);
        ObjectNode labels = labels(pod).put(app.key(), app.value());
        if (app.isStateful()) {
            labels.put("statefulset.kubernetes.io/pod-name", name).put("apps.kubernetes.io/pod-index", "" + index);
            owner(pod, "StatefulSet", app.name());
        } else {
            labels.put("pod-template-hash", hash);
            owner(pod, "ReplicaSet", app.name() + "-" + hash);
        }
        containers(pod.putObject("spec").put("nodeName", "node-" + index % 7));
        ObjectNode status = pod.putObject("status").put("phase", "Running").put("podIP", address);
        status.putArray("podIPs").addObject().put("ip", address);
        return pod;
    }

    /**
     * A chain of calls from the ingress controller through the first apps.
     *
     * @param database the block of addresses that the first one needs outside; empty for none
     */
    ObjectNode contract(String namespace, List<App> apps, String database) {
        ObjectNode contract = object("flowguard.dev/v1alpha1", "FlowContract", namespace, "flows");
        ArrayNode flows = contract.putObject("spec").putArray("flows");
        ObjectNode first = flows.addObject().put("name", "customers");
        namespaceNamed(first.putObject("from"), "ingress-nginx");
        pods(first.putObject("to"), apps.get(0));
        first.putArray("ports").addObject().put("port", 8080);
        for (int i = 0; i + 1 < apps.size() && i < 6; i++) {
            ObjectNode flow = flows.addObject().put("name", "call-" + i);
            pods(flow.putObject("from"), apps.get(i));
            if (i % 2 == 1) {
                flow.putObject("to")
                        .putObject("service")
                        .put("name", apps.get(i + 1).name());
            } else {
                pods(flow.putObject("to"), apps.get(i + 1));
                flow.putArray("ports").addObject().put("port", 8080);
            }
        }
        if (!database.isEmpty()) {
            ObjectNode flow = flows.addObject().put("name", "database");
            pods(flow.putObject("from"), apps.get(0));
            flow.putObject("to").putObject("ipBlock").put("cidr", database);
            flow.putArray("ports").addObject().put("port", 5432);
        }
        return contract;
    }

    ObjectNode clusterContract() {
        ObjectNode contract = object("flowguard.dev/v1alpha1", "ClusterFlowContract", "", "cluster-dns");
        ObjectNode flow =
                contract.putObject("spec").putArray("flows").addObject().put("name", "dns");
        flow.putObject("from").putObject("podSelector");
        flow.putObject("to").put("wellKnown", "ClusterDNS");
        return contract;
    }

    ObjectNode defaultDeny(String namespace) {
        ObjectNode policy = policy(namespace, "default-deny", "Ingress", "Egress");
        spec(policy).putObject("podSelector");
        return policy;
    }

    ObjectNode defaultDenyIngress(String namespace) {
        ObjectNode policy = policy(namespace, "default-deny-ingress", "Ingress");
        spec(policy).putObject("podSelector");
        return policy;
    }

    ObjectNode allowDns(String namespace) {
        ObjectNode policy = policy(namespace, "allow-dns", "Egress");
        spec(policy).putObject("podSelector");
        ObjectNode rule = spec(policy).putArray("egress").addObject();
        ObjectNode peer = rule.putArray("to").addObject();
        namespaceNamed(peer, "kube-system");
        peer.putObject("podSelector").putObject("matchLabels").put("k8s-app", "kube-dns");
        ArrayNode ports = rule.putArray("ports");
        ports.addObject().put("protocol", "UDP").put("port", 53);
        ports.addObject().put("protocol", "TCP").put("port", 53);
        return policy;
    }

    /** Both sides of one call. */
    ObjectNode allow(String namespace, App from, App to) {
        ObjectNode policy = policy(namespace, from.name() + "-and-" + to.name(), "Ingress", "Egress");
        ObjectNode any = spec(policy)
                .putObject("podSelector")
                .putArray("matchExpressions")
                .addObject();
        any.put("key", from.key())
                .put("operator", "In")
                .putArray("values")
                .add(from.value())
                .add(to.value());
        ObjectNode in = spec(policy).putArray("ingress").addObject();
        pods(in.putArray("from").addObject(), from);
        in.putArray("ports").addObject().put("port", 8080);
        ObjectNode out = spec(policy).putArray("egress").addObject();
        pods(out.putArray("to").addObject(), to);
        out.putArray("ports").addObject().put("port", 8080);
        return policy;
    }

    ObjectNode allowIngressController(String namespace, App app) {
        ObjectNode policy = policy(namespace, "customers", "Ingress");
        pods(spec(policy), app);
        ObjectNode rule = spec(policy).putArray("ingress").addObject();
        namespaceNamed(rule.putArray("from").addObject(), "ingress-nginx");
        rule.putArray("ports").addObject().put("port", 8080);
        return policy;
    }

    ObjectNode allowDatabase(String namespace, App app, String database) {
        ObjectNode policy = policy(namespace, "database", "Egress");
        pods(spec(policy), app);
        ObjectNode rule = spec(policy).putArray("egress").addObject();
        rule.putArray("to").addObject().putObject("ipBlock").put("cidr", database);
        rule.putArray("ports").addObject().put("port", 5432);
        return policy;
    }

    private static ObjectNode policy(String namespace, String name, String... types) {
        ObjectNode policy = object("networking.k8s.io/v1", "NetworkPolicy", namespace, name);
        ArrayNode list = policy.putObject("spec").putArray("policyTypes");
        List.of(types).forEach(list::add);
        return policy;
    }

    private static ObjectNode spec(ObjectNode object) {
        return (ObjectNode) object.get("spec");
    }

    private static void pods(ObjectNode end, App app) {
        end.putObject("podSelector").putObject("matchLabels").put(app.key(), app.value());
    }

    private static void namespaceNamed(ObjectNode end, String name) {
        end.putObject("namespaceSelector").putObject("matchLabels").put("kubernetes.io/metadata.name", name);
    }

    private static void template(ObjectNode spec, App app, int replicas) {
        spec.put("replicas", replicas)
                .putObject("selector")
                .putObject("matchLabels")
                .put(app.key(), app.value());
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put(app.key(), app.value());
        containers(template.putObject("spec"));
    }

    private static void containers(ObjectNode spec) {
        spec.putArray("containers")
                .addObject()
                .put("name", "main")
                .put("image", "none")
                .putArray("ports")
                .addObject()
                .put("name", "http")
                .put("containerPort", 8080);
    }

    private static void owner(ObjectNode object, String kind, String name) {
        ((ObjectNode) object.get("metadata"))
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", kind)
                .put("name", name)
                .put("uid", kind + "/" + name)
                .put("controller", true);
    }

    private static ObjectNode labels(ObjectNode object) {
        return ((ObjectNode) object.get("metadata")).putObject("labels");
    }

    private static ObjectNode object(String apiVersion, String kind, String namespace, String name) {
        ObjectNode object = JSON.objectNode().put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }
}
