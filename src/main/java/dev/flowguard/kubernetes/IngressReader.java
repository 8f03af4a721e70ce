package dev.flowguard.kubernetes;

import dev.flowguard.cluster.Fact;
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
final class IngressReader {
    private IngressReader() {}

    static List<Fact> facts(Ingress ingress, Metadata metadata, Notes notes) {
        IngressSpec spec = Absent.asBlank(ingress.getSpec(), IngressSpec::new);
        Stream<Fact.Ingress.Backend> ofRules = Absent.asEmpty(spec.getRules(), IngressRule::new).stream()
                .map(rule -> Absent.asBlank(rule.getHttp(), HTTPIngressRuleValue::new))
                .flatMap(http -> Absent.asEmpty(http.getPaths(), HTTPIngressPath::new).stream())
                .flatMap(path -> service(path.getBackend()));
        List<Fact.Ingress.Backend> backends = Stream.concat(service(spec.getDefaultBackend()), ofRules)
                .distinct()
                .toList();
        return List.of(new Fact.Ingress(metadata.namespace(), metadata.name(), backends));
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
