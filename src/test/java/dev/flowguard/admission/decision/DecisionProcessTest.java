package dev.flowguard.admission.decision;

import static dev.flowguard.testing.FlowPart.clusterDns;
import static dev.flowguard.testing.FlowPart.everyPod;
import static dev.flowguard.testing.Given.clusterContract;
import static dev.flowguard.testing.Given.contract;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.delete;
import static dev.flowguard.testing.Given.flow;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.number;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.service;
import static dev.flowguard.testing.Given.tcp;
import static dev.flowguard.testing.Given.udp;
import static dev.flowguard.testing.Given.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Effort;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.NamespaceMode;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.testing.FlowPart;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The order of decision")
class DecisionProcessTest {
    private static final Requester ANN = new Requester("ann", List.of("system:authenticated"));
    private static final PolicyPart OPEN =
            policy("shop/orders").selects("app=orders").ingress(from("app=checkout"), tcp(8080));
    private static final PolicyPart CLOSED =
            policy("shop/orders").selects("app=orders").isolatesIngress();
    private static final FlowPart CHECKOUT_CALLS_ORDERS = flow("checkout-calls-orders")
            .from("shop", "app=checkout")
            .to("shop", "app=orders")
            .on(number(Protocol.TCP, 8080));

    private static TestCluster shop() {
        return TestCluster.with(
                namespace("shop", ""),
                pods("shop", "app=checkout"),
                pods("shop", "app=orders"),
                OPEN,
                contract("shop/orders", CHECKOUT_CALLS_ORDERS));
    }

    /** A shop of which a contract declares the same flow so many times. */
    private static TestCluster shopWith(String labels, String contract, int count) {
        FlowPart[] flows = IntStream.range(0, count)
                .mapToObj(each -> flow("f" + each)
                        .from("shop", "app=checkout")
                        .to("shop", "app=orders")
                        .on(number(Protocol.TCP, 8080)))
                .toArray(FlowPart[]::new);
        return TestCluster.with(
                namespace("shop", labels),
                pods("shop", "app=checkout"),
                pods("shop", "app=orders"),
                OPEN,
                contract(contract, flows));
    }

    private static PolicyReview.Changed changed(Change change) {
        return new PolicyReview.Changed(change, false, false, "");
    }

    private static PolicyReview review(PolicyReview.Subject subject) {
        return new PolicyReview("u-1", ANN, false, subject);
    }

    private static Decision decide(ClusterState state, PolicyReview review) {
        return new DecisionProcess(state, DecisionSettings.DEFAULT).decide(review);
    }

    private static Decision decide(TestCluster cluster, PolicyReview.Subject subject) {
        return decide(FakeClusterState.knowing(cluster.snapshot()), review(subject));
    }

    @Test
    @DisplayName("1: what is no change of a NetworkPolicy is admitted, even while nothing is known")
    void step1_unconcerned() {
        Decision decision =
                decide(FakeClusterState.knowingNothing(), review(new PolicyReview.Unconcerned("Deployment")));
        assertThat(decision.isRejection()).isFalse();
        assertThat(decision.reason()).isEqualTo("not-concerned");
    }

    @ParameterizedTest(name = "1: the same spec, finalizing {0}: {1}")
    @CsvSource({"false, spec-unchanged", "true, being-finalized"})
    void step1_sameSpec(boolean finalizing, String reason) {
        PolicyReview.Changed same = new PolicyReview.Changed(update(OPEN, OPEN), true, finalizing, "");
        assertThat(decide(FakeClusterState.knowingNothing(), review(same)).reason())
                .isEqualTo(reason);
    }

    @Test
    @DisplayName("1: being finalised is no licence to change the spec")
    void step1_finalizingWithAnotherSpec() {
        PolicyReview.Changed other = new PolicyReview.Changed(update(OPEN, CLOSED), false, true, "");
        assertThat(decide(shop(), other).isRejection()).isTrue();
    }

    @Test
    @DisplayName("a policy that the API server refuses is admitted with its problems: the API server will say no")
    void invalidPolicy() {
        Decision decision = decide(
                shop(),
                new PolicyReview.Refused(
                        ObjectRef.of(new PolicyRef("shop", "orders")), List.of("spec.egress[0].ports[0].port: bad")));
        assertThat(decision.reason()).isEqualTo("invalid-policy");
        assertThat(Wording.of(decision).warnings())
                .containsExactly("not judged, the API server refuses it: spec.egress[0].ports[0].port: bad");
    }

    @ParameterizedTest(name = "2: {0} deletes what it likes")
    @ValueSource(
            strings = {
                "system:serviceaccount:kube-system:namespace-controller",
                "system:serviceaccount:kube-system:generic-garbage-collector",
                "system:kube-controller-manager"
            })
    void step2_cleaners(String user) {
        PolicyReview review = new PolicyReview("u-1", new Requester(user, List.of()), false, changed(delete(OPEN)));
        assertThat(decide(FakeClusterState.knowingNothing(), review).reason()).isEqualTo("garbage-collection");
    }

    @Test
    @DisplayName("2: the cleaners are judged like anybody when they update")
    void step2_cleanersUpdate() {
        PolicyReview review = new PolicyReview(
                "u-1",
                new Requester("system:kube-controller-manager", List.of()),
                false,
                changed(update(OPEN, CLOSED)));
        assertThat(decide(FakeClusterState.knowing(shop().snapshot()), review).isRejection())
                .isTrue();
    }

    @Test
    @DisplayName("2, N13: a deletion in a terminating namespace is admitted; an update there is judged")
    void step2_terminating() {
        TestCluster going = shop().and(namespace(new NamespaceEntry("shop", Labels.NONE, Map.of(), true, false)))
                .and(policy("shop/default-deny").isolatesIngress());
        assertThat(decide(going, changed(delete(OPEN))).reason()).isEqualTo("namespace-terminating");
        assertThat(decide(going, changed(update(OPEN, CLOSED))).isRejection()).isTrue();
    }

    @Test
    @DisplayName("DESIGN 9.3: what was not judged in time is no verdict; what is sure by then decides")
    void timeIsOver() {
        FakeClusterState state = FakeClusterState.knowing(shop().snapshot());
        PolicyReview review = review(changed(update(OPEN, CLOSED)));
        DecisionProcess process = new DecisionProcess(state, DecisionSettings.DEFAULT);
        Decision late = process.decide(review, Effort.ofNanos(0));
        assertThat(late.isUnfinished()).isTrue();
        assertThat(late.isRejection()).isFalse();
        Decision inTime =
                process.decide(review, Effort.ofNanos(Duration.ofMinutes(5).toNanos()));
        assertThat(inTime.isUnfinished()).isFalse();
        assertThat(inTime.isRejection()).isTrue();
    }

    @ParameterizedTest(name = "3: nothing is known, and the configured answer is to reject: {0}")
    @ValueSource(booleans = {true, false})
    void step3(boolean reject) {
        DecisionSettings settings = DecisionSettings.of(Enforcement.DENY, List.of(), reject);
        Decision decision = new DecisionProcess(FakeClusterState.knowingNothing(), settings)
                .decide(review(changed(update(OPEN, CLOSED))));
        assertThat(decision.reason()).isEqualTo("not-ready");
        assertThat(decision.isRejection()).isEqualTo(reject);
        assertThat(Wording.of(decision).warnings()).hasSize(reject ? 0 : 1);
    }

    @Test
    @DisplayName("4: what breaks nothing is admitted in silence")
    void step4_harmless() {
        Decision decision = decide(
                shop(), changed(create(policy("shop/more").selects("app=orders").ingress(tcp(9090)))));
        assertThat(decision.reason()).isEqualTo("breaks-nothing");
        assertThat(Wording.of(decision).warnings()).isEmpty();
    }

    @Test
    @DisplayName("4: a flow that is newly broken rejects")
    void step4_newlyBroken() {
        Decision decision = decide(shop(), changed(update(OPEN, CLOSED)));
        assertThat(decision.isRejection()).isTrue();
        assertThat(decision.reason()).isEqualTo("breaks-flows");
    }

    @Test
    @DisplayName(
            "4: a flow that was broken before is a note with its repair, so that an incremental repair is never refused")
    void step4_stillBroken() {
        TestCluster broken = shop().and(CLOSED);
        PolicyPart step = policy("shop/orders").selects("app=orders").ingress(from("app=checkout"), tcp(9090));
        Decision decision = decide(broken, changed(update(CLOSED, step)));
        assertThat(decision.isRejection()).isFalse();
        assertThat(Wording.of(decision).warnings())
                .containsExactly(
                        "note: still broken, as before: checkout -> orders:8080/TCP"
                                + " (shop/orders/checkout-calls-orders)",
                        "to repair it, add to NetworkPolicy shop/orders:  ingress: [{from: [{podSelector: {matchLabels:"
                                + " {app: checkout}}}],",
                        "ports: [{protocol: TCP, port: 8080}]}]");
    }

    @Test
    @DisplayName("4: what cannot be known warns")
    void step4_undetermined() {
        PolicyPart unclear = policy("shop/orders")
                .selects("app=orders")
                .ingress(dev.flowguard.testing.Given.unknownField("from[0].futurePeer"));
        Decision decision = decide(shop(), changed(update(OPEN, unclear)));
        assertThat(decision.isRejection()).isFalse();
        assertThat(Wording.of(decision).warnings()).first().asString().startsWith("cannot tell about checkout");
    }

    @ParameterizedTest(name = "5: contract {0}, namespace {1}, global {2}: {3} by {4}")
    @CsvSource({
        "Deny, '', Deny, Deny, CONTRACT",
        "Warn, '', Deny, Warn, CONTRACT",
        "Audit, '', Deny, Audit, CONTRACT",
        "Deny, Warn, Deny, Warn, NAMESPACE_MODE",
        "Deny, Audit, Warn, Audit, NAMESPACE_MODE",
        "Deny, Deny, Warn, Warn, GLOBAL_MODE",
        "Warn, Deny, Deny, Warn, CONTRACT",
        "Deny, dney, Deny, Deny, CONTRACT"
    })
    void step5_weakestWins(
            String ofContract, String ofNamespace, String global, String wanted, FlowRuling.DecidedBy by) {
        NamespaceEntry entry = new NamespaceEntry(
                "shop",
                ofNamespace.isEmpty() ? Labels.NONE : Labels.of(Map.of(NamespaceEntry.MODE, ofNamespace)),
                Map.of(),
                false,
                false);
        TestCluster cluster = shop().and(namespace(entry)).and(contractOf(Enforcement.parse(ofContract)));
        DecisionSettings settings = DecisionSettings.of(Enforcement.parse(global), List.of(), false);
        Decision decision = new DecisionProcess(FakeClusterState.knowing(cluster.snapshot()), settings)
                .decide(review(changed(update(OPEN, CLOSED))));
        FlowRuling ruling = onlyRuling(decision);
        assertThat(ruling.enforcement()).isEqualTo(Enforcement.parse(wanted));
        assertThat(ruling.decidedBy()).isEqualTo(by);
        assertThat(decision.isRejection()).isEqualTo(wanted.equals("Deny"));
        assertThat(Wording.of(decision).warnings().isEmpty())
                .isEqualTo(!wanted.equals("Warn") && !ofNamespace.equals("dney"));
    }

    @Test
    @DisplayName("5: a mode label that means nothing is said and ignored")
    void step5_unreadableMode() {
        NamespaceEntry entry =
                new NamespaceEntry("shop", Labels.of(Map.of(NamespaceEntry.MODE, "deny")), Map.of(), false, false);
        Decision decision = decide(shop().and(namespace(entry)), changed(update(OPEN, CLOSED)));
        assertThat(decision.isRejection()).isTrue();
        assertThat(Wording.of(decision).warnings())
                .containsExactly(
                        "namespace shop: label flowguard.dev/mode=deny is not one of Deny, Warn, Audit and is ignored");
    }

    @ParameterizedTest(name = "5: payments accepts contracts from \"{0}\": rejected {1}")
    @CsvSource({"'', false", "shop, true", "'data, shop', true", "*, true", "data, false"})
    void step5_ownership(String accepted, boolean rejected) {
        PolicyPart before = policy("payments/gateway").selects("app=gateway").ingress(tcp(8443));
        PolicyPart after = policy("payments/gateway").selects("app=gateway").isolatesIngress();
        Map<String, String> settings =
                accepted.isEmpty() ? Map.of() : Map.of(NamespaceEntry.ACCEPT_CONTRACTS_FROM, accepted);
        TestCluster cluster = shop().and(
                        namespace(new NamespaceEntry("payments", Labels.NONE, settings, false, false)),
                        pods("payments", "app=gateway"),
                        before,
                        contract(
                                "shop/pays",
                                flow("pays")
                                        .from("shop", "app=checkout")
                                        .to("payments", "app=gateway")
                                        .on(number(Protocol.TCP, 8443))));
        Decision decision = decide(cluster, changed(update(before, after)));
        assertThat(decision.isRejection()).isEqualTo(rejected);
        assertThat(onlyRuling(decision).decidedBy())
                .isEqualTo(rejected ? FlowRuling.DecidedBy.CONTRACT : FlowRuling.DecidedBy.OWNERSHIP);
        assertThat(Wording.of(decision).warnings()).hasSize(rejected ? 0 : 1);
    }

    @Test
    @DisplayName("5: a ClusterFlowContract binds every namespace")
    void step5_clusterWide() {
        TestCluster cluster = TestCluster.with(
                namespace("shop", ""),
                pods("shop", "app=checkout"),
                pods("shop", "app=orders"),
                OPEN,
                clusterContract("platform", CHECKOUT_CALLS_ORDERS));
        assertThat(decide(cluster, changed(update(OPEN, CLOSED))).isRejection()).isTrue();
    }

    @ParameterizedTest(
            name = "5: a ClusterFlowContract of namespaceMode {0} where the Namespace says Audit: rejected {1}")
    @CsvSource({"HONOUR, false", "IGNORE, true"})
    void step5_namespaceMode(NamespaceMode mode, boolean rejected) {
        TestCluster cluster = TestCluster.with(
                namespace(new NamespaceEntry(
                        "shop", Labels.of(Map.of(NamespaceEntry.MODE, "Audit")), Map.of(), false, false)),
                pods("shop", "app=checkout"),
                pods("shop", "app=orders"),
                OPEN,
                clusterContract("platform", mode, CHECKOUT_CALLS_ORDERS));
        Decision decision = decide(cluster, changed(update(OPEN, CLOSED)));
        assertThat(decision.isRejection()).isEqualTo(rejected);
        assertThat(onlyRuling(decision).decidedBy())
                .isEqualTo(rejected ? FlowRuling.DecidedBy.CONTRACT : FlowRuling.DecidedBy.NAMESPACE_MODE);
    }

    @ParameterizedTest(name = "5: {0} only warned: {1}")
    @CsvSource({
        "system:serviceaccount:argocd:argocd-application-controller, true",
        "system:serviceaccount:flux-system:kustomize-controller, true",
        "system:serviceaccount:openshift-gitops:any, true",
        "system:serviceaccount:not-argocd:x, false",
        "argocd, false"
    })
    void step5_requesters(String user, boolean warned) {
        PolicyReview review =
                new PolicyReview("u-1", new Requester(user, List.of()), false, changed(update(OPEN, CLOSED)));
        Decision decision = decide(FakeClusterState.knowing(shop().snapshot()), review);
        assertThat(decision.isRejection()).isEqualTo(!warned);
        assertThat(Wording.of(decision).warnings()).hasSize(warned ? 1 : 0);
    }

    @Test
    @DisplayName("5: where the network plugin enforces nothing, a rejection is a warning")
    void step5_notEnforced() {
        Decision decision = decide(shop().on("flannel"), changed(update(OPEN, CLOSED)));
        assertThat(decision.isRejection()).isFalse();
        assertThat(onlyRuling(decision).decidedBy()).isEqualTo(FlowRuling.DecidedBy.CNI);
    }

    private static Decision decide(TestCluster cluster, String findings, Change change) {
        return new DecisionProcess(
                        FakeClusterState.knowing(cluster.snapshot()),
                        DecisionSettings.DEFAULT.with(FindingLevels.parse(findings)))
                .decide(review(changed(change)));
    }

    @Test
    @DisplayName("4: a finding is a warning, and where it is set to Deny a rejection that says how to do better")
    void step4_findings() {
        Change typo = create(policy("shop/more").selects("app=order").ingress(tcp(8080)));

        Decision warned = decide(shop(), "", typo);
        assertThat(warned.isRejection()).isFalse();
        assertThat(Wording.of(warned).warnings())
                .containsExactly("selects-nothing: more: no pod in shop has app=order; did you mean app=orders?");

        Decision denied = decide(shop(), "selects-nothing=Deny", typo);
        assertThat(denied.isRejection()).isTrue();
        assertThat(denied.reason()).isEqualTo("finding-denied");
        Wording.Said said = Wording.of(denied);
        assertThat(said.warnings()).isEmpty();
        assertThat(said.message()).isEqualTo("""
            NetworkPolicy shop/more has a mistake that must not be made in namespace shop
              selects-nothing: more: no pod in shop has app=order; did you mean app=orders?
                The policy has no effect: it isolates no pod and allows nothing. Pods of shop carry app=orders. If those \
            are meant, correct the selector; if the pods are still to come, the policy takes effect with the first of them.
              to override, annotate it with flowguard.dev/override: <reason>   (needs permission "override" on flowcontracts)\
            """);
        assertThat(said.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo("FindingDenied");
            assertThat(cause.field()).isEqualTo("spec.podSelector");
        });

        assertThat(decide(shop(), "selects-nothing=Off", typo).isRejection()).isFalse();
        assertThat(Wording.of(decide(shop(), "selects-nothing=Off", typo)).warnings())
                .isEmpty();
    }

    @Test
    @DisplayName("4: what breaks flows and has a denied finding is rejected for both")
    void step4_flowsAndFindings() {
        Change closing =
                update(OPEN, policy("shop/orders").selects("app=orders").ingress(from("app=chekout"), tcp(8080)));

        Decision decision = decide(shop(), "peer-matches-nothing=Deny", closing);
        assertThat(decision.reason()).isEqualTo("breaks-flows");
        assertThat(Wording.of(decision).causes())
                .extracting(Wording.Cause::reason)
                .containsExactly("FlowBroken", "FindingDenied");
        assertThat(Wording.of(decision).message())
                .startsWith("breaks 1 declared flow in namespace shop\n")
                .contains("\n  peer-matches-nothing: ");
    }

    @ParameterizedTest(name = "{0} broken flows: what the answer has no room for is counted")
    @CsvSource({"3, 3, 0", "250, 100, 1"})
    void manyFlows(int count, int causes, int counted) {
        TestCluster cluster = shopWith("", "shop/orders", count);

        Decision decision = decide(cluster, changed(update(OPEN, CLOSED)));
        Wording.Said said = Wording.of(decision);
        assertThat(said.message())
                .startsWith("breaks " + count + " declared flows in namespace shop\n")
                .hasSizeLessThanOrEqualTo(3_100);
        assertThat(said.causes())
                .hasSize(causes)
                .allSatisfy(cause ->
                        assertThat(cause.lines()).first().asString().startsWith("checkout -> orders:8080/TCP"));
        int told = said.message().split("FlowContract shop/orders, flow f", -1).length - 1;
        assertThat(said.message().lines().filter(line -> line.equals("  …and " + (count - told) + " more flows")))
                .hasSize(counted);
        assertThat(Wording.inFull(decision).causes()).hasSize(count);
    }

    @ParameterizedTest(name = "{0} flows that a change breaks and only warns of: ten are told, the others counted")
    @ValueSource(ints = {11, 250})
    void manyWarnings(int count) {
        TestCluster cluster = shopWith("flowguard.dev/mode=Warn", "shop/orders", count);

        Wording.Said said = Wording.of(decide(cluster, changed(update(OPEN, CLOSED))));
        assertThat(said.warnings()).hasSize(11).last().isEqualTo("…and " + (count - 10) + " more");
    }

    @Test
    @DisplayName(
            "of thousands of flows that another namespace declares some are judged in a review, and all where there is time")
    void othersFlows() {
        TestCluster cluster = shopWith("", "hostile/everything", 250);
        DecisionProcess process =
                new DecisionProcess(FakeClusterState.knowing(cluster.snapshot()), DecisionSettings.DEFAULT);
        PolicyReview closing = review(changed(update(OPEN, CLOSED)));

        Decision inTime = process.decide(closing, Effort.ofNanos(TimeUnit.MINUTES.toNanos(1)));
        assertThat(inTime.isRejection()).isFalse();
        assertThat(inTime.isUnfinished()).isFalse();
        assertThat(Wording.inFull(inTime).warnings()).last().isEqualTo("…and 191 more");
        assertThat(Wording.inFull(inTime).unabridged())
                .last()
                .isEqualTo("not judged, since they could only warn: 50 more flows that other namespaces declare");
        assertThat(Wording.inFull(process.decide(closing)).unabridged()).hasSize(250);
    }

    @ParameterizedTest(name = "5: a finding set to Deny, in mode {0}, by {1}, on {2}: rejected {3}, warnings {4}")
    @CsvSource({
        "Deny, ann, calico, true, 0",
        "Warn, ann, calico, false, 1",
        "Audit, ann, calico, false, 0",
        "Deny, system:serviceaccount:argocd:x, calico, false, 1",
        "Deny, ann, flannel, false, 2"
    })
    void step5_findings(String mode, String user, String cni, boolean rejected, int warnings) {
        DecisionSettings settings = DecisionSettings.of(Enforcement.parse(mode), DecisionSettings.GITOPS, false)
                .with(FindingLevels.parse("selects-nothing=Deny"));
        Change typo = create(policy("shop/more").selects("app=order").ingress(tcp(8080)));
        Decision decision = new DecisionProcess(
                        FakeClusterState.knowing(shop().on(cni).snapshot()), settings)
                .decide(new PolicyReview("u-1", new Requester(user, List.of()), false, changed(typo)));
        assertThat(decision.isRejection()).isEqualTo(rejected);
        assertThat(Wording.of(decision).warnings()).hasSize(warnings);
    }

    @Test
    @DisplayName("6: a finding that is denied can be overridden")
    void step6_finding() {
        FakeClusterState state =
                FakeClusterState.knowing(shop().snapshot()).withPermission(ClusterState.Permission.GRANTED);
        Change typo = create(policy("shop/more").selects("app=order").ingress(tcp(8080)));
        Decision decision = new DecisionProcess(
                        state, DecisionSettings.DEFAULT.with(FindingLevels.parse("selects-nothing=Deny")))
                .decide(review(new PolicyReview.Changed(typo, false, false, "incident 42")));
        assertThat(decision.isRejection()).isFalse();
        assertThat(Wording.of(decision).warnings())
                .containsExactly(
                        "rejection overridden: incident 42",
                        "selects-nothing: more: no pod in shop has app=order; did you mean app=orders?");
    }

    @Test
    @DisplayName("7: a finding too is looked for again with the policies at the source")
    void step7_finding() {
        TestCluster cluster = TestCluster.with(
                namespace("shop", ""),
                pods("shop", "app=checkout"),
                pods("kube-system", "k8s-app=kube-dns"),
                service("kube-system/kube-dns").selects("k8s-app=kube-dns").port("dns", Protocol.UDP, 53, 53));
        PolicyPart allow = policy("shop/allow-dns").egress(namespaces("", "k8s-app=kube-dns"), udp(53));
        PolicyPart deny = policy("shop/deny").selects("app=checkout").isolatesEgress();
        DecisionSettings settings = DecisionSettings.DEFAULT.with(FindingLevels.parse("dns-egress-cut=Deny"));
        FakeClusterState state = FakeClusterState.knowing(cluster.snapshot());
        assertThat(new DecisionProcess(state, settings)
                        .decide(review(changed(create(deny))))
                        .isRejection())
                .as("without the newer state")
                .isTrue();
        state.withAtTheSource("shop", allow.policy());
        assertThat(new DecisionProcess(state, settings)
                        .decide(review(changed(create(deny))))
                        .isRejection())
                .isFalse();
        assertThat(state.confirmations()).containsExactly(Set.of("shop"), Set.of("shop"));
    }

    @ParameterizedTest(name = "6: override with permission {0}: rejected {1}")
    @CsvSource({"GRANTED, false", "REFUSED, true", "NOT_KNOWN, true"})
    void step6_override(ClusterState.Permission permission, boolean rejected) {
        FakeClusterState state = FakeClusterState.knowing(shop().snapshot()).withPermission(permission);
        Decision decision =
                decide(state, review(new PolicyReview.Changed(update(OPEN, CLOSED), false, false, "incident 42")));
        assertThat(decision.isRejection()).isEqualTo(rejected);
        Wording.Said said = Wording.of(decision);
        if (rejected) {
            assertThat(said.message())
                    .contains("not overridden: ")
                    .contains("permission \"override\"")
                    .contains("ann");
            assertThat(said.audit()).containsKey("override-refused");
        } else {
            assertThat(decision.reason()).isEqualTo("overridden");
            assertThat(said.warnings().get(0)).isEqualTo("rejection overridden: incident 42");
            assertThat(said.warnings().get(1)).startsWith("breaks checkout -> orders:8080/TCP");
            assertThat(said.audit()).containsEntry("override", "incident 42");
        }
    }

    @Test
    @DisplayName(
            "6: an override that the policy carried before counts no more, whoever may override and whoever wrote it")
    void step6_kept() {
        FakeClusterState state =
                FakeClusterState.knowing(shop().snapshot()).withPermission(ClusterState.Permission.GRANTED);
        PolicyReview.Changed kept = new PolicyReview.Changed(
                update(OPEN, CLOSED), false, false, StatedOverride.ofUpdate("incident 42", "incident 42"), List.of());
        Decision decision = decide(state, review(kept));
        assertThat(decision.isRejection()).isTrue();
        assertThat(Wording.of(decision).message())
                .contains(
                        "not overridden: the annotation flowguard.dev/override was there before this change, and counts"
                                + " for one change only; write a new reason into it");

        PolicyReview.Changed anew = new PolicyReview.Changed(
                update(OPEN, CLOSED), false, false, StatedOverride.ofUpdate("incident 42", "incident 43"), List.of());
        assertThat(decide(state, review(anew)).isRejection()).isFalse();
    }

    @Test
    @DisplayName("6: an override without a reason is none")
    void step6_blankReason() {
        FakeClusterState state =
                FakeClusterState.knowing(shop().snapshot()).withPermission(ClusterState.Permission.GRANTED);
        Decision decision = decide(state, review(new PolicyReview.Changed(update(OPEN, CLOSED), false, false, "  ")));
        assertThat(decision.isRejection()).isTrue();
    }

    @Test
    @DisplayName("7: an allow that the snapshot has not seen yet is found at the source, and the change is admitted")
    void step7_laggingSnapshot() {
        PolicyPart allow = policy("shop/allow").selects("app=orders").ingress(from("app=checkout"), tcp(8080));
        PolicyPart deny = policy("shop/default-deny").isolatesIngress();
        Snapshot lagging = TestCluster.with(
                        namespace("shop", ""),
                        pods("shop", "app=checkout"),
                        pods("shop", "app=orders"),
                        contract("shop/orders", CHECKOUT_CALLS_ORDERS))
                .snapshot();
        assertThat(decide(FakeClusterState.knowing(lagging), review(changed(create(deny))))
                        .isRejection())
                .as("without the newer state")
                .isTrue();
        FakeClusterState state = FakeClusterState.knowing(lagging).withAtTheSource("shop", allow.policy());
        assertThat(decide(state, review(changed(create(deny)))).isRejection()).isFalse();
        assertThat(state.confirmations()).containsExactly(Set.of("shop"));
    }

    @Test
    @DisplayName("7: where much is broken, it is enough that a few namespaces confirm it")
    void step7_manyNamespaces() {
        FakeClusterState state = FakeClusterState.knowing(nameServiceForMany().snapshot());
        Decision decision =
                decide(state, review(changed(create(policy("kube-system/deny").isolatesIngress()))));
        assertThat(decision.isRejection()).isTrue();
        assertThat(state.confirmations()).containsExactly(Set.of("kube-system", "a", "b", "c"));
        assertThat(Wording.of(decision).message()).contains("a/a, b/b, c/c and 4 more -> kube-dns:53/UDP");
    }

    @Test
    @DisplayName("7: all of them are asked where the few do not confirm it")
    void step7_theFewWereBrokenBefore() {
        FakeClusterState state = FakeClusterState.knowing(nameServiceForMany().snapshot())
                .withAtTheSource(
                        "kube-system",
                        policy("kube-system/deny-out").isolatesEgress().policy())
                .withAtTheSource("a", policy("a/deny").isolatesEgress().policy())
                .withAtTheSource("b", policy("b/deny").isolatesEgress().policy())
                .withAtTheSource("c", policy("c/deny").isolatesEgress().policy());
        Decision decision =
                decide(state, review(changed(create(policy("kube-system/deny").isolatesIngress()))));
        assertThat(decision.isRejection()).isTrue();
        assertThat(state.confirmations())
                .containsExactly(
                        Set.of("kube-system", "a", "b", "c"), Set.of("kube-system", "a", "b", "c", "d", "e", "f"));
    }

    @Test
    @DisplayName("7: nobody else is asked where the few show that nothing is broken")
    void step7_allIsMended() {
        PolicyPart allow = policy("kube-system/allow").ingress(namespaces(""));
        FakeClusterState state = FakeClusterState.knowing(nameServiceForMany().snapshot())
                .withAtTheSource("kube-system", allow.policy());
        Decision decision =
                decide(state, review(changed(create(policy("kube-system/deny").isolatesIngress()))));
        assertThat(decision.isRejection()).isFalse();
        assertThat(state.confirmations()).hasSize(1);
    }

    private static TestCluster nameServiceForMany() {
        return TestCluster.with(
                pods("kube-system", "k8s-app=kube-dns"),
                service("kube-system/kube-dns").selects("k8s-app=kube-dns").port("dns", Protocol.UDP, 53, 53),
                pods("a", "app=a"),
                pods("b", "app=b"),
                pods("c", "app=c"),
                pods("d", "app=d"),
                pods("e", "app=e"),
                pods("f", "app=f"),
                clusterContract("dns", flow("dns").from(everyPod()).to(clusterDns())));
    }

    @Test
    @DisplayName("7: what cannot be confirmed in time is admitted with a warning")
    void step7_unconfirmed() {
        FakeClusterState state = FakeClusterState.knowing(shop().snapshot()).unreachable("timed out after 500 ms");
        Decision decision = decide(state, review(changed(update(OPEN, CLOSED))));
        assertThat(decision.isRejection()).isFalse();
        assertThat(decision.reason()).isEqualTo("unconfirmed");
        assertThat(Wording.of(decision).warnings()).hasSize(2);
    }

    @Test
    @DisplayName("7: nobody is asked where nothing would be rejected")
    void step7_onlyOnTheWayToARejection() {
        FakeClusterState state = FakeClusterState.knowing(
                shop().and(contractOf(Enforcement.WARN)).snapshot());
        decide(state, review(changed(update(OPEN, CLOSED))));
        assertThat(state.confirmations()).isEmpty();
    }

    @Test
    @DisplayName("a dry run gets the same verdict")
    void dryRun() {
        FakeClusterState state = FakeClusterState.knowing(shop().snapshot());
        PolicyReview dry = new PolicyReview("u-1", ANN, true, changed(update(OPEN, CLOSED)));
        assertThat(decide(state, dry).isRejection()).isTrue();
    }

    @Test
    @DisplayName("P15: a namespace that nobody has seen is taken to exist, and that is said")
    void assumedNamespace() {
        Decision decision = decide(shop(), changed(create(policy("new/p").isolatesIngress())));
        assertThat(decision.isRejection()).isFalse();
        assertThat(Wording.of(decision).warnings()).singleElement().asString().startsWith("namespace new was not seen");
    }

    @Test
    @DisplayName(
            "a flow of the namespace's contracts that speaks of nothing is reported, and no reason to reject or warn")
    void unbound() {
        TestCluster cluster = shop().and(contract(
                "shop/future",
                flow("orders-writes-archive")
                        .from("shop", "app=orders")
                        .to("shop", "app=archive")
                        .on(number(Protocol.TCP, 9000))));
        Wording.Said said = Wording.of(decide(
                cluster,
                changed(create(policy("shop/more").selects("app=orders").ingress(tcp(9090))))));
        assertThat(said.warnings()).isEmpty();
        assertThat(said.audit()).containsEntry("unbound", "FlowContract shop/future, flow orders-writes-archive");
    }

    private static FlowRuling onlyRuling(Decision decision) {
        return decision.match(
                        passed -> List.<FlowRuling>of(),
                        notReady -> List.<FlowRuling>of(),
                        judged -> judged.rulings().stream()
                                .filter(ruling -> ruling.flow().effect() == Effect.NEWLY_BROKEN)
                                .toList())
                .get(0);
    }

    private static Part contractOf(Enforcement enforcement) {
        Part strict = contract("shop/orders", CHECKOUT_CALLS_ORDERS);
        return () -> strict.observations().stream()
                .map(observation -> new dev.flowguard.cluster.object.Observation(
                        observation.object(),
                        observation.facts().stream()
                                .<dev.flowguard.cluster.object.Fact>map(fact -> weakened(fact, enforcement))
                                .toList()))
                .toList();
    }

    private static dev.flowguard.cluster.object.Fact weakened(
            dev.flowguard.cluster.object.Fact fact, Enforcement enforcement) {
        dev.flowguard.contract.Contract contract = ((dev.flowguard.cluster.object.Fact.Declared) fact).contract();
        return new dev.flowguard.cluster.object.Fact.Declared(new dev.flowguard.contract.Contract(
                contract.source(), enforcement, contract.flows(), contract.problems()));
    }
}
