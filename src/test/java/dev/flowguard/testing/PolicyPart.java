package dev.flowguard.testing;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A NetworkPolicy. It isolates a direction as soon as that is mentioned. */
public final class PolicyPart implements Part {
    /** A peer or a port of a rule, or a field that nobody knows. */
    public interface Term {
        void addTo(List<Peer> peers, List<PortMatch> ports, List<String> unknownFields);
    }

    private final PolicyRef ref;
    private final List<Rule> ingress = new ArrayList<>();
    private final List<Rule> egress = new ArrayList<>();
    private final List<String> unknownFields = new ArrayList<>();
    private LabelSelector selector = LabelSelector.EVERYTHING;
    private boolean isolatesIngress;
    private boolean isolatesEgress;

    PolicyPart(PolicyRef ref) {
        this.ref = ref;
    }

    public PolicyPart selects(String pods) {
        selector = LabelSelector.parse(pods);
        return this;
    }

    public PolicyPart isolatesIngress() {
        isolatesIngress = true;
        return this;
    }

    public PolicyPart isolatesEgress() {
        isolatesEgress = true;
        return this;
    }

    /** One more ingress rule; without peers it is for anybody, without ports for every port. */
    public PolicyPart ingress(Term... terms) {
        ingress.add(rule(ingress.size(), terms));
        return isolatesIngress();
    }

    /** One more egress rule; without peers it is for anybody, without ports for every port. */
    public PolicyPart egress(Term... terms) {
        egress.add(rule(egress.size(), terms));
        return isolatesEgress();
    }

    /** An ingress section that the policy types do not put in force. */
    public PolicyPart idleIngress(Term... terms) {
        ingress.add(rule(ingress.size(), terms));
        return this;
    }

    /** An egress section that the policy types do not put in force. */
    public PolicyPart idleEgress(Term... terms) {
        egress.add(rule(egress.size(), terms));
        return this;
    }

    public PolicyPart withUnknownField(String path) {
        unknownFields.add(path);
        return this;
    }

    public Policy policy() {
        return new Policy(
                ref,
                selector,
                new Policy.Section(isolatesIngress, ingress),
                new Policy.Section(isolatesEgress, egress),
                unknownFields);
    }

    @Override
    public List<Observation> observations() {
        ObjectRef object = new ObjectRef("NetworkPolicy", ref.namespace(), ref.name());
        return List.of(new Observation(object, List.of(new Fact.NetworkPolicy(policy()))));
    }

    static Term peer(NamespaceScope scope, String pods) {
        return peer(new Peer.Pods(scope, LabelSelector.parse(pods)));
    }

    static Term peer(Peer peer) {
        return (peers, ports, unknown) -> peers.add(peer);
    }

    static Term block(String cidr, String... except) {
        return peer(new Peer.IpBlock(
                Cidr.parse(cidr), Stream.of(except).map(Cidr::parse).toList()));
    }

    static Term port(PortMatch port) {
        return (peers, ports, unknown) -> ports.add(port);
    }

    static Term unknown(String path) {
        return (peers, ports, unknown) -> unknown.add(path);
    }

    private static Rule rule(int index, Term... terms) {
        List<Peer> peers = new ArrayList<>();
        List<PortMatch> ports = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Stream.of(terms).forEach(term -> term.addTo(peers, ports, unknown));
        return new Rule(index, peers, ports, unknown);
    }
}
