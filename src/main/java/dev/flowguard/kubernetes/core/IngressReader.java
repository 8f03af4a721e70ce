package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressRuleValue;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads Ingresses: the Services that they send traffic to. What decides between those (hosts, paths) is no matter of policies. */
public final class IngressReader {
    /** By which Ingresses named their class before they had a field for it. */
    private static final String FORMER_CLASS = "kubernetes.io/ingress.class";

    private IngressReader() {}

    public static List<Fact> facts(Ingress ingress, Metadata metadata, Notes notes) {
        IngressSpec spec = Absent.asBlank(ingress.getSpec(), IngressSpec::new);
        Stream<Fact.Ingress.Backend> ofRules = Absent.asEmpty(spec.getRules(), IngressRule::new).stream()
                .map(rule -> Absent.asBlank(rule.getHttp(), HTTPIngressRuleValue::new))
                .flatMap(http -> Absent.asEmpty(http.getPaths(), HTTPIngressPath::new).stream())
                .flatMap(path -> service(path.getBackend()));
        List<Fact.Ingress.Backend> backends = Stream.concat(service(spec.getDefaultBackend()), ofRules)
                .distinct()
                .toList();
        return List.of(
                new Fact.Ingress(metadata.namespace(), metadata.name(), backends), route(spec, metadata, backends));
    }

    private static Fact route(IngressSpec spec, Metadata metadata, List<Fact.Ingress.Backend> backends) {
        @Nullable String written = spec.getIngressClassName();
        String ingressClass = written != null
                ? written
                : Absent.asEmpty(metadata.annotations().get(FORMER_CLASS));
        return new Fact.Implied(new Implication.Route(
                new ObjectRef("Ingress", metadata.namespace(), metadata.name()),
                Implication.Entrance.ofClass(ingressClass),
                backends.stream()
                        .map(backend -> new Implication.Backend(
                                metadata.namespace(), backend.service(), backend.portName(), backend.portNumber()))
                        .toList()));
    }

    /** Nothing for a backend that is a resource of another kind, such as a bucket. */
    private static Stream<Fact.Ingress.Backend> service(@Nullable IngressBackend backend) {
        if (backend == null || backend.getService() == null) {
            return Stream.empty();
        }
        ServiceBackendPort port = Absent.asBlank(backend.getService().getPort(), ServiceBackendPort::new);
        @Nullable Integer number = port.getNumber();
        return Stream.of(new Fact.Ingress.Backend(
                Absent.asEmpty(backend.getService().getName()),
                Absent.asEmpty(port.getName()),
                number == null ? 0 : number));
    }
}
