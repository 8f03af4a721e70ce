package dev.flowguard.kubernetes.model;

import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressRuleValue;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;

/** Ingresses, down to the Services behind them. */
public final class IngressModel {
    private IngressModel() {}

    public static Ingress ingress(Fields fields) {
        Ingress ingress = MetaModel.described(new Ingress(), fields);
        ingress.setSpec(fields.object("spec", IngressModel::spec));
        return ingress;
    }

    private static IngressSpec spec(Fields fields) {
        IngressSpec spec = new IngressSpec();
        spec.setIngressClassName(fields.text("ingressClassName"));
        spec.setDefaultBackend(fields.object("defaultBackend", IngressModel::backend));
        spec.setRules(fields.list("rules", IngressModel::rule));
        return spec;
    }

    private static IngressRule rule(Fields fields) {
        IngressRule rule = new IngressRule();
        rule.setHttp(fields.object("http", IngressModel::http));
        return rule;
    }

    private static HTTPIngressRuleValue http(Fields fields) {
        HTTPIngressRuleValue http = new HTTPIngressRuleValue();
        http.setPaths(fields.list("paths", IngressModel::path));
        return http;
    }

    private static HTTPIngressPath path(Fields fields) {
        HTTPIngressPath path = new HTTPIngressPath();
        path.setBackend(fields.object("backend", IngressModel::backend));
        return path;
    }

    private static IngressBackend backend(Fields fields) {
        IngressBackend backend = new IngressBackend();
        backend.setService(fields.object("service", IngressModel::service));
        return backend;
    }

    private static IngressServiceBackend service(Fields fields) {
        IngressServiceBackend service = new IngressServiceBackend();
        service.setName(fields.text("name"));
        service.setPort(fields.object("port", IngressModel::port));
        return service;
    }

    private static ServiceBackendPort port(Fields fields) {
        ServiceBackendPort port = new ServiceBackendPort();
        port.setName(fields.text("name"));
        port.setNumber(fields.integer("number"));
        return port;
    }
}
