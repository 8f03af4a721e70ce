package dev.flowguard.testing;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Objects that imply traffic between what a random cluster has: one of each kind, mostly. */
final class RandomNeeds {
    /** The pods of an ingress controller, as its chart labels them. */
    static final String CONTROLLER = "ingress-nginx";

    private final Dice dice;
    private final List<Observation> needs = new ArrayList<>();

    private final List<ServiceEntry> services = new ArrayList<>();

    private RandomNeeds(Dice dice, List<Observation> cluster) {
        this.dice = dice;
        cluster.forEach(observation -> observation.facts().forEach(fact -> {
            if (fact instanceof ServiceEntry service && service.name().equals("s")) {
                services.add(service);
            }
        }));
    }

    /** @param cluster what there is beside them */
    static List<Observation> of(long seed, List<Observation> cluster) {
        RandomNeeds random = new RandomNeeds(new Dice(seed), cluster);
        random.fill();
        return random.needs;
    }

    private void fill() {
        String home = namespace();
        ObjectRef webhook = new ObjectRef("ValidatingWebhookConfiguration", "", "w");
        ServiceEntry called = service();
        tell(
                webhook,
                new Implication.Called(
                        webhook, called.namespace(), called.name(), port(called).number()));
        needs.addAll(Given.service("default/kubernetes")
                .port("https", Protocol.TCP, 443, 8080)
                .clusterIp("10.96.0.1")
                .published(dice.oneOf("192.168.0.1", "203.0.113.1"), Protocol.TCP, 8080)
                .observations());
        ObjectRef binding = new ObjectRef("ClusterRoleBinding", "", "b");
        tell(binding, new Implication.Bound(binding, List.of(new Implication.AccountName(home, "default"))));
        scraped();
        ServiceEntry backend = service();
        ObjectRef route = new ObjectRef("Ingress", backend.namespace(), "i");
        tell(
                route,
                new Implication.Route(
                        route,
                        Implication.Entrance.ofClass("nginx"),
                        List.of(
                                dice.chance(50)
                                        ? new Implication.Backend(backend.namespace(), backend.name(), "main", 0)
                                        : new Implication.Backend(
                                                backend.namespace(),
                                                backend.name(),
                                                "",
                                                port(backend).number()))));
        needs.addAll(
                Given.pods(namespace(), "app.kubernetes.io/name=" + CONTROLLER).observations());
    }

    private void scraped() {
        Implication.Choice all = new Implication.Choice(Implication.Scope.EVERYWHERE, LabelSelector.EVERYTHING);
        ObjectRef prometheus = new ObjectRef("Prometheus", namespace(), "p");
        tell(
                prometheus,
                new Implication.Scraper(
                        prometheus,
                        LabelSelector.parse("app=" + dice.oneOf(RandomPolicies.APPS)),
                        List.of(all),
                        dice.chance(80) ? List.of(all) : List.of()));
        ObjectRef services = new ObjectRef("ServiceMonitor", namespace(), "m");
        tell(
                services,
                new Implication.Monitor(
                        services,
                        Labels.NONE,
                        true,
                        scope(services),
                        LabelSelector.EVERYTHING,
                        List.of("main"),
                        List.of()));
        ObjectRef pods = new ObjectRef("PodMonitor", namespace(), "m");
        tell(
                pods,
                new Implication.Monitor(
                        pods,
                        Labels.NONE,
                        false,
                        scope(pods),
                        LabelSelector.parse("app=" + dice.oneOf(RandomPolicies.APPS)),
                        List.of(dice.oneOf(RandomPolicies.NAMES)),
                        List.of(PortMatch.Numbered.of(Protocol.TCP, dice.oneOf(RandomPolicies.NUMBERS)))));
    }

    private Implication.Scope scope(ObjectRef monitor) {
        return dice.chance(50) ? Implication.Scope.EVERYWHERE : Implication.Scope.named(List.of(monitor.namespace()));
    }

    /** One that the cluster has, or one that it has not. */
    private ServiceEntry service() {
        List<ServiceEntry> some = new ArrayList<>(services);
        if (some.isEmpty() || dice.chance(10)) {
            Given.service(namespace() + "/none").port(80, 8080).observations().stream()
                    .flatMap(observation -> observation.facts().stream())
                    .filter(ServiceEntry.class::isInstance)
                    .map(ServiceEntry.class::cast)
                    .forEach(some::add);
            return some.get(some.size() - 1);
        }
        return some.get(dice.below(some.size()));
    }

    private ServiceEntry.Port port(ServiceEntry service) {
        return service.ports().get(dice.below(service.ports().size()));
    }

    private String namespace() {
        return dice.oneOf(RandomCluster.NAMESPACES);
    }

    private void tell(ObjectRef object, Implication implication) {
        if (dice.chance(80)) {
            needs.add(new Observation(
                    object, Stream.of(implication).<Fact>map(Fact.Implied::new).toList()));
        }
    }
}
