package dev.flowguard.assess.finding.rule;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RulePort;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.policy.PortMatch;
import java.util.stream.Stream;

/** The network plugin does not do what the policy, or a port of it, asks for. */
public final class NotEnforcedByCni implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("not-enforced-by-cni", Severity.WARNING, "The network plugin does not enforce this", """
            NetworkPolicies are carried out by the cluster's network plugin. Some plugins do not enforce them at all (flannel on
            its own), and the API server accepts the policy all the same. Some enforce them without `endPort` (Azure NPM opens
            only the first port of a range) or without named ports (Weave Net).

            Use a plugin that enforces policies, or add one that does (Calico beside flannel, for example); write each port of a
            short range by itself, and the number in place of the name. The plugin is recognised by the DaemonSets of the
            cluster; where it is not recognised nothing is said. The setting `flowguard.cni` names it.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public boolean looksAround() {
        return false;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        CniProfile cni = examination.cluster().cni();
        if (!cni.enforcesPolicies()) {
            return Stream.of(wholePolicy(cni));
        }
        return examination
                .ports()
                .flatMap(port -> port.port()
                        .match(
                                numbered -> endPort(port, numbered, cni),
                                named -> namedPort(port, named, cni),
                                every -> Stream.empty(),
                                unknown -> Stream.empty()));
    }

    private static Remark wholePolicy(CniProfile cni) {
        String plugin = cni == CniProfile.NONE ? "this cluster" : cni.configuredName();
        return Remark.of(
                KIND,
                "spec",
                "The API server stores the policy, and nobody carries it out: every pod still reaches every other. Install a"
                        + " network plugin that enforces NetworkPolicies, or set flowguard.cni if there is one already.",
                plugin + " does not enforce NetworkPolicies, so this one has no effect");
    }

    private static Stream<Remark> endPort(RulePort port, PortMatch.Numbered numbered, CniProfile cni) {
        if (cni.supportsEndPort() || !numbered.fromEndPort() || numbered.ports().isSingle()) {
            return Stream.empty();
        }
        int first = numbered.ports().first();
        return Stream.of(Remark.of(
                KIND,
                port.place() + ".endPort",
                cni.configuredName() + " does not support endPort: it opens port " + first
                        + " and none of the others up to " + numbered.ports().last()
                        + ". Write an entry for each port that is needed.",
                port.shortPlace() + ": " + cni.configuredName() + " ignores endPort and opens only " + first));
    }

    private static Stream<Remark> namedPort(RulePort port, PortMatch.Named named, CniProfile cni) {
        return cni.supportsNamedPorts()
                ? Stream.empty()
                : Stream.of(Remark.of(
                        KIND,
                        port.place() + ".port",
                        cni.configuredName() + " does not support named ports: \"" + named.name()
                                + "\" may open nothing. Write the number of the port on the pod.",
                        port.shortPlace() + ": " + cni.configuredName() + " does not support the named port "
                                + named.name(),
                        port.shortPlace() + ": " + cni.configuredName() + " does not support named ports"));
    }
}
