package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * The policy isolates the pods of a webhook, and nothing lets anybody in who is no pod, as the API server is. Said where nothing is
 * known of the API server's addresses; where they are, the implied flow says it.
 */
public final class WebhookCut implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("webhook-cut", Severity.WARNING, "Ingress isolation cuts off a webhook", """
            The API server calls the webhooks of Validating- and MutatingWebhookConfigurations, of CRD conversions and the servers of
            APIServices, at the target port of their Service. It is no pod (except behind konnectivity, whose agents run in
            kube-system), so a rule for pods by labels never admits it. A webhook that is cut off makes the API server wait, and then
            refuse or pass what it was to judge.

            Admit the target port from the API server's addresses, or from anybody: a rule with that port and without `from`.
            """);

    private static final String AGENTS = "kube-system";

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        boolean mayCut = examination.policy().isolates(Direction.INGRESS)
                && examination.cluster().cni().enforcesPolicies()
                && !isApiServerKnown(examination);
        return mayCut
                ? examination.cluster().implied().stream()
                        .filter(contract -> contract.source().impliedKind().stream()
                                .anyMatch(kind -> kind == ImpliedKind.ADMISSION_WEBHOOK))
                        .flatMap(
                                contract -> contract.flows().stream().flatMap(flow -> cut(contract, flow, examination)))
                : Stream.empty();
    }

    private static boolean isApiServerKnown(Examination examination) {
        return examination
                .cluster()
                .namespace(ServiceEntry.API_NAMESPACE)
                .filter(shard -> !shard.endpoints(ServiceEntry.API_SERVICE).isEmpty())
                .isPresent();
    }

    private static Stream<Remark> cut(Contract contract, Flow flow, Examination examination) {
        if (!(flow.to() instanceof FlowEnd.ServicePods called)
                || !called.namespace().equals(examination.shard().name())) {
            return Stream.empty();
        }
        NamespaceShard shard = examination.shard();
        List<PortMatch> asked = flow.ports().match(onPods -> onPods.ports(), onService -> onService.ports(), List::of);
        return shard.service(called.name()).stream()
                .flatMap(service -> service.ports().stream()
                        .filter(port -> asked.stream().anyMatch(port::isMeantBy))
                        .flatMap(port ->
                                shard
                                        .workloads(shard.behind(service)
                                                .and(examination.examined().selected()))
                                        .stream()
                                        .flatMap(workload -> port.targetOn(workload).stream()
                                                .filter(number -> isNewlyCut(workload, port, number, examination))
                                                .map(number -> remark(contract, workload, number)))))
                .limit(1);
    }

    private static boolean isNewlyCut(Workload workload, ServiceEntry.Port port, int number, Examination examination) {
        return isCut(workload, port, number, examination.after(), examination)
                && !(isCut(workload, port, number, examination.before(), examination)
                        && isCut(workload, port, number, examination.without(), examination));
    }

    private static boolean isCut(
            Workload workload, ServiceEntry.Port port, int number, PolicyView policies, Examination examination) {
        boolean isolated = false;
        for (CompiledPolicy policy : policies.policiesIn(workload.namespace())) {
            if (!policy.policy().isUnderstood()) {
                return false;
            }
            if (policy.isolates(workload, Direction.INGRESS)) {
                isolated = true;
                for (Rule rule : policy.policy().rules(Direction.INGRESS)) {
                    if (mayAdmit(rule, workload, port, number, examination)) {
                        return false;
                    }
                }
            }
        }
        return isolated;
    }

    private static boolean mayAdmit(
            Rule rule, Workload workload, ServiceEntry.Port port, int number, Examination examination) {
        boolean byPort = !rule.isUnderstood()
                || rule.isForEveryPort()
                || rule.ports().stream()
                        .anyMatch(match -> match.match(
                                numbered -> numbered.protocol() == port.protocol()
                                        && numbered.ports().contains(number),
                                named -> workload.portsNamed(named.name(), named.protocol()).stream()
                                        .anyMatch(each -> each.number() == number),
                                every -> every.protocol() == port.protocol(),
                                unknown -> true));
        return byPort
                && (!rule.isUnderstood()
                        || rule.isForAnybody()
                        || rule.peers().stream().anyMatch(peer -> mayBeApiServer(peer, examination)));
    }

    /** Any block may hold it; a peer of pods where it may name the agents that carry its traffic. */
    private static boolean mayBeApiServer(Peer peer, Examination examination) {
        NamespaceEntry agents = examination.cluster().namespaceOrAssumed(AGENTS).entry();
        return peer.match(
                pods -> pods.namespaces()
                        .match(
                                () -> examination.shard().name().equals(AGENTS),
                                matching -> matching.selector().matches(agents.labels())
                                        || matching.selector().keys().stream()
                                                .anyMatch(key -> key.contains("policy-group"))),
                block -> true,
                unknown -> true);
    }

    private static Remark remark(Contract contract, Workload workload, int number) {
        String addition = "ingress: [{ports: [{protocol: TCP, port: " + number + "}]}]";
        String what = "cuts the API server from " + workload.name() + ":" + number;
        return Remark.of(
                        KIND,
                        "spec.ingress",
                        "The API server calls " + workload.name() + " on port " + number + " (" + contract.source()
                                + "). It is no pod, and no rule of a policy in force admits anybody but pods there. Admit "
                                + number
                                + " from the API server's addresses, or from anybody:  " + addition,
                        what + " (" + contract.source() + ")",
                        what)
                .remediedBy(addition);
    }
}
