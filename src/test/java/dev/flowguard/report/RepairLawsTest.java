package dev.flowguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.repair.RepairPlan;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.testing.LiteralCluster;
import dev.flowguard.testing.LiteralEnd;
import dev.flowguard.testing.LiteralFlows;
import dev.flowguard.testing.LiteralFlows.LiteralPair;
import dev.flowguard.testing.LiteralOracle;
import dev.flowguard.testing.RandomCluster;
import dev.flowguard.testing.Scenario;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Repairs of random clusters, written as YAML, read again and applied; then the oracle is asked what that has changed. */
@DisplayName("After a suggested repair is applied")
class RepairLawsTest {
    private static final int CLUSTERS = 1_500;
    private static final List<Integer> PORTS = List.of(53, 80, 81, 443, 8080, 8081, 9999);

    private int broken;
    private int repaired;

    @Test
    @DisplayName("the flow is allowed, and nothing is newly allowed but what the contract asks for")
    void flowHoldsAndNothingElseOpens() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario.check(seed, this::check);
        }
        assertThat(repaired).as("repairs of %s broken flows", broken).isGreaterThan(broken * 6 / 10);
    }

    private void check(Scenario scenario) {
        List<Policy> before = new LiteralCluster(scenario.settings(), scenario.observations(), List.of()).policies();
        LoadedManifests manifests = PolicyYaml.read(PolicyYaml.of(before));
        if (!Set.copyOf(PolicyYaml.policies(manifests)).equals(Set.copyOf(before))) {
            return; // Fields that are not understood cannot be written.
        }
        Snapshot cluster = scenario.snapshot();
        RepairYaml yaml = new RepairYaml(
                new ManifestPlaces(List.of(ManifestPlaces.Origin.of(Path.of("policies.yaml"), manifests))));
        for (FlowStanding standing : new StateAssessor(cluster).assess()) {
            if (standing.state() != FlowState.BROKEN || standing.flow().flow().expectation() == Expectation.BLOCKED) {
                continue;
            }
            broken++;
            RepairPlan plan = RepairPlan.of(List.of(standing.flow()), cluster, cluster, Set.of());
            if (plan.helpless().isEmpty()) {
                repaired++;
                compare(scenario, standing.flow().flow(), before, applied(before, yaml.of(plan)));
            }
        }
    }

    private static List<Policy> applied(List<Policy> before, String yaml) {
        LoadedManifests manifests = PolicyYaml.read(yaml);
        assertThat(manifests.problems()).as(yaml).isEmpty();
        Map<PolicyRef, Policy> after = new LinkedHashMap<>();
        before.forEach(policy -> after.put(policy.ref(), policy));
        PolicyYaml.policies(manifests).forEach(policy -> after.put(policy.ref(), policy));
        return List.copyOf(after.values());
    }

    private static void compare(Scenario scenario, Flow flow, List<Policy> before, List<Policy> after) {
        List<Policy> all = new ArrayList<>(before);
        all.addAll(after);
        LiteralCluster cluster = new LiteralCluster(scenario.settings(), scenario.observations(), all);
        LiteralOracle was = new LiteralOracle(cluster, before);
        LiteralOracle is = new LiteralOracle(cluster, after);
        List<LiteralPair> asked = new LiteralFlows(cluster, all)
                .pairs(cluster.flows().stream()
                        .filter(each -> each.name().equals(flow.name()))
                        .findFirst()
                        .orElseThrow());
        for (LiteralPair pair : asked) {
            if (pair.answer(was) == Answer.NO) {
                assertThat(pair.answer(is)).as("%s with %s", pair, after).isEqualTo(Answer.YES);
            }
        }
        List<LiteralEnd> ends = ends(cluster);
        for (LiteralEnd from : ends) {
            for (LiteralEnd to : ends) {
                for (Traffic traffic : traffic()) {
                    boolean opened = cluster.families(from).contains(traffic.family())
                            && cluster.families(to).contains(traffic.family())
                            && is.answer(from, to, traffic) == Answer.YES
                            && was.answer(from, to, traffic) != Answer.YES;
                    if (opened && !isAsked(flow, asked, from, to, traffic)) {
                        throw new AssertionError("opened " + from + " -> " + to + " " + traffic + " for " + flow
                                + "\nfrom " + before + "\nto   " + after);
                    }
                }
            }
        }
    }

    private static List<LiteralEnd> ends(LiteralCluster cluster) {
        List<LiteralEnd> ends = new ArrayList<>();
        cluster.pods().stream()
                .filter(pod -> !pod.hostNetwork())
                .map(LiteralEnd.OfPod::new)
                .forEach(ends::add);
        RandomCluster.strangers().stream()
                .map(Cidr::base)
                .filter(address -> !cluster.addresses().contains(address))
                .map(LiteralEnd.OfAddress::new)
                .forEach(ends::add);
        return ends;
    }

    private static List<Traffic> traffic() {
        List<Traffic> traffic = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
                PORTS.forEach(port -> traffic.add(new Traffic(protocol, PortRange.of(port), family, Route.DIRECT)));
            }
        }
        return traffic;
    }

    private static boolean isAsked(
            Flow flow, List<LiteralPair> asked, LiteralEnd from, LiteralEnd to, Traffic traffic) {
        return asked.stream()
                .filter(pair -> pair.traffic().protocol() == traffic.protocol())
                .filter(pair -> pair.traffic().ports().equals(traffic.ports()) || declares(flow, traffic))
                .anyMatch(pair -> is(pair.from(), from, isBlock(flow.from()))
                        && (is(pair.to(), to, isBlock(flow.to()))
                                || pair.alternatives().contains(to)));
    }

    /** Of a range that a contract names, the oracle's pairs have some ports only. */
    private static boolean declares(Flow flow, Traffic traffic) {
        return flow.ports()
                .match(
                        ofPods -> ofPods.ports().stream()
                                .anyMatch(port -> port.match(
                                        numbered -> numbered.protocol() == traffic.protocol()
                                                && numbered.ports().contains(traffic.ports()),
                                        named -> false,
                                        every -> every.protocol() == traffic.protocol(),
                                        unknown -> false)),
                        ofService -> false,
                        () -> flow.to()
                                .match(
                                        pods -> true,
                                        owned -> true,
                                        service -> false,
                                        outside -> true,
                                        wellKnown -> false));
    }

    /** A contract that names a range of addresses asks for it whoever has them. */
    private static boolean is(LiteralEnd asked, LiteralEnd end, boolean block) {
        return asked.equals(end) || (block && asked instanceof LiteralEnd.OfAddress);
    }

    private static boolean isBlock(FlowEnd end) {
        return end.match(pods -> false, owned -> false, service -> false, outside -> true, wellKnown -> false);
    }
}
