package dev.flowguard.assess.finding.flow;

import dev.flowguard.assess.finding.diagnosis.Nearness;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.assess.finding.label.LabelGuess;
import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.FlowEnd;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An end of a declared flow that names a Service which is not there, or behind which no pod stands. */
final class MissingService {
    private final Snapshot cluster;
    private final String home;
    private final Unbound.End which;

    MissingService(Snapshot cluster, String home, Unbound.End which) {
        this.cluster = cluster;
        this.home = home;
        this.which = which;
    }

    Stream<Advice> examine(FlowEnd.ServicePods end) {
        Optional<NamespaceShard> namespace = cluster.namespace(end.namespace());
        if (namespace.isEmpty()) {
            return Stream.of(noNamespace(end));
        }
        return namespace
                .get()
                .service(end.name())
                .map(service -> noPods(service, namespace.get()))
                .or(() -> namespace.get().alias(end.name()).map(alias -> Stream.of(alias(alias))))
                .orElseGet(() -> Stream.of(noService(end, namespace.get())));
    }

    /** As it is called from where the flow was written: {@code orders}, {@code payments/gateway}. */
    static String name(String namespace, String name, String home) {
        return namespace.equals(home) ? name : namespace + "/" + name;
    }

    private Advice noNamespace(FlowEnd.ServicePods end) {
        String guess = Nearness.didYouMean(
                end.namespace(),
                cluster.namespaces().stream().map(NamespaceShard::name).toList());
        String nothing = "there is no namespace " + end.namespace();
        return Advice.of(which, nothing + " with a Service " + end.name() + guess, nothing + guess, nothing);
    }

    private Advice alias(Fact.Alias alias) {
        String service = "Service " + name(alias.namespace(), alias.name(), home);
        String nothing = service + " is an ExternalName, another name in DNS";
        return Advice.of(
                which,
                nothing + " for " + alias.target() + "; name the Service or the cidr that it leads to",
                nothing + "; name what it leads to",
                nothing);
    }

    private Advice noService(FlowEnd.ServicePods end, NamespaceShard namespace) {
        String nothing = "there is no Service " + end.name() + " in " + end.namespace();
        String guess = Nearness.didYouMean(
                end.name(),
                namespace.services().stream().map(ServiceEntry::name).toList());
        if (!guess.isEmpty()) {
            return Advice.of(which, nothing + guess, "no such Service" + guess);
        }
        List<String> elsewhere = cluster.namespaces().stream()
                .filter(shard -> shard.service(end.name()).isPresent())
                .map(shard -> shard.name() + "/" + end.name())
                .toList();
        return elsewhere.size() == 1
                ? Advice.of(
                        which,
                        nothing + "; did you mean " + elsewhere.get(0) + "?",
                        "no such Service; did you mean " + elsewhere.get(0) + "?")
                : Advice.of(which, nothing, "no such Service");
    }

    private Stream<Advice> noPods(ServiceEntry service, NamespaceShard namespace) {
        if (!service.hasSelector() || !namespace.select(service.podSelector()).isEmpty()) {
            return Stream.empty();
        }
        String nothing = "no pod stands behind Service " + name(service.namespace(), service.name(), home);
        String asks = "; its selector asks for ";
        String selector = asks + service.podSelector();
        String brief = asks + Wording.brief(service.podSelector());
        return Stream.of(LabelGuess.amongPods(service.podSelector(), List.of(namespace))
                .map(guess -> Advice.of(
                        which,
                        nothing + selector + "; did you mean " + guess + "?",
                        nothing + brief + "; did you mean " + guess + "?",
                        nothing + "; did you mean its selector to ask for " + guess + "?",
                        nothing))
                .orElseGet(() -> Advice.of(which, nothing + selector, nothing + brief, nothing)));
    }
}
