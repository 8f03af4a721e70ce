package dev.flowguard.testing;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.NamespaceMode;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The things that a cluster is made of, and what may change in it. */
public final class Given {
    private Given() {}

    public static Part namespace(String name, String labels) {
        return namespace(new NamespaceEntry(name, Names.labels(labels), Map.of(), false, false));
    }

    public static Part namespace(NamespaceEntry entry) {
        return Part.of(new ObjectRef("Namespace", "", entry.name()), entry);
    }

    /** The pods of a Deployment named after the first label's value; a template only, until pods are added. */
    public static PodsPart pods(String namespace, String labels) {
        String name = labels.substring(labels.indexOf('=') + 1).split(",", 2)[0];
        return new PodsPart(new Owner("Deployment", name), namespace, Names.labels(labels));
    }

    /** A bare pod; its addresses are still to be said. */
    public static PodsPart pod(String namespaceAndName, String labels) {
        ObjectRef pod = Names.object(Owner.POD, namespaceAndName);
        return new PodsPart(
                new Owner(Owner.POD, pod.name()),
                pod.namespace(),
                labels.isEmpty() ? Labels.NONE : Names.labels(labels));
    }

    public static ServicePart service(String namespaceAndName) {
        return new ServicePart(Names.object("Service", namespaceAndName));
    }

    /** An Ingress that sends traffic to a port of a Service of its namespace. */
    public static Part ingress(String namespaceAndName, String service, int port) {
        ObjectRef object = Names.object("Ingress", namespaceAndName);
        return Part.of(
                object,
                new Fact.Ingress(
                        object.namespace(), object.name(), List.of(new Fact.Ingress.Backend(service, "", port))));
    }

    public static Part node(String name, String... addresses) {
        return Part.of(
                new ObjectRef("Node", "", name),
                new Fact.Node(name, Stream.of(addresses).map(Address::parse).toList()));
    }

    /** A node that gives its pods addresses from that range. */
    public static Part nodeWithPods(String name, String address, String podRange) {
        return Part.of(
                new ObjectRef("Node", "", name),
                new Fact.Node(
                        name, Labels.NONE, List.of(Address.parse(address)), List.of(Cidr.parse(podRange)), Set.of()));
    }

    public static Part daemonSet(String namespaceAndName) {
        ObjectRef object = Names.object("DaemonSet", namespaceAndName);
        return Part.of(object, new Fact.NodeAgent(object.namespace(), object.name()));
    }

    /** A binding that gives a ServiceAccount a role. */
    public static Part roleBinding(String namespaceAndName, String account) {
        ObjectRef object = Names.object("RoleBinding", namespaceAndName);
        return Part.of(
                object,
                new Fact.Implied(new Implication.Bound(
                        object, List.of(new Implication.AccountName(object.namespace(), account)))));
    }

    /** As whom the pods of a Deployment run. */
    public static Part runningAs(String namespace, String deployment, String account) {
        return Part.of(
                new ObjectRef("Identity", namespace, deployment),
                new Fact.Implied(new Implication.Identity(
                        new Owner("Deployment", deployment),
                        account,
                        Implication.Identity.Token.AS_THE_ACCOUNT_SAYS,
                        false,
                        LabelSelector.EVERYTHING)));
    }

    /** A webhook of a ValidatingWebhookConfiguration. */
    public static Part webhook(String name, String service) {
        ObjectRef object = new ObjectRef("ValidatingWebhookConfiguration", "", name);
        ObjectRef called = Names.object("Service", service);
        return Part.of(
                object, new Fact.Implied(new Implication.Called(object, called.namespace(), called.name(), 443)));
    }

    /** Labels that stand on a controller and not on its template. */
    public static Part labelled(String kind, String namespaceAndName, String labels) {
        ObjectRef object = Names.object(kind, namespaceAndName);
        return Part.of(
                new ObjectRef("Labelled", object.namespace(), kind + object.name()),
                new Fact.Labelled(new Owner(kind, object.name()), Names.labels(labels)));
    }

    /** A policy of a kind that is not evaluated; cluster-wide where the namespace is empty. */
    public static Part otherPolicy(String kind, String namespace, String name) {
        ObjectRef object = new ObjectRef(kind, namespace, name);
        return Part.of(object, new Fact.OtherPolicy(object));
    }

    public static Part owned(String namespace, Owner child, Owner parent) {
        return Part.of(
                new ObjectRef("Owned", namespace, child + " by " + parent), new Fact.Owned(namespace, child, parent));
    }

    /** A policy that selects every pod of its namespace and isolates nothing, until more is said. */
    public static PolicyPart policy(String namespaceAndName) {
        ObjectRef object = Names.object("NetworkPolicy", namespaceAndName);
        return new PolicyPart(new PolicyRef(object.namespace(), object.name()));
    }

    public static Part contract(String namespaceAndName, FlowPart... flows) {
        return contract(ContractSource.resource(Names.object(ContractSource.FLOW_CONTRACT, namespaceAndName)), flows);
    }

    public static Part clusterContract(String name, FlowPart... flows) {
        return contract(ContractSource.resource(new ObjectRef(ContractSource.CLUSTER_FLOW_CONTRACT, "", name)), flows);
    }

    /** One that the mode of a namespace may not weaken, or may. */
    public static Part clusterContract(String name, NamespaceMode mode, FlowPart... flows) {
        ContractSource source = ContractSource.resource(new ObjectRef(ContractSource.CLUSTER_FLOW_CONTRACT, "", name));
        List<Flow> declared = Stream.of(flows).map(FlowPart::flow).toList();
        return Part.of(
                source.object(), new Fact.Declared(new Contract(source, Enforcement.DENY, mode, declared, List.of())));
    }

    public static Part contract(ContractSource source, FlowPart... flows) {
        return declared(source.object(), source, flows);
    }

    /** What an object declares by an annotation. */
    public static Part annotated(String kind, String namespaceAndName, String annotation, FlowPart... flows) {
        ObjectRef object = Names.object(kind, namespaceAndName);
        return declared(
                new ObjectRef(kind, object.namespace(), object.name() + "#" + annotation),
                new ContractSource(object, annotation),
                flows);
    }

    private static Part declared(ObjectRef observed, ContractSource source, FlowPart... flows) {
        List<Flow> declared = Stream.of(flows).map(FlowPart::flow).toList();
        return Part.of(observed, new Fact.Declared(new Contract(source, Enforcement.DENY, declared, List.of())));
    }

    public static FlowPart flow(String name) {
        return new FlowPart(name);
    }

    /** A peer of an ingress rule: pods of the policy's own namespace. */
    public static PolicyPart.Term from(String pods) {
        return PolicyPart.peer(new NamespaceScope.Own(), pods);
    }

    /** A peer of an egress rule: pods of the policy's own namespace. */
    public static PolicyPart.Term to(String pods) {
        return from(pods);
    }

    /** A peer: every pod of the namespaces with such labels. */
    public static PolicyPart.Term namespaces(String labels) {
        return namespaces(labels, "");
    }

    /** A peer: such pods of the namespaces with such labels. */
    public static PolicyPart.Term namespaces(String labels, String pods) {
        return PolicyPart.peer(new NamespaceScope.Matching(LabelSelector.parse(labels)), pods);
    }

    public static PolicyPart.Term block(String cidr, String... except) {
        return PolicyPart.block(cidr, except);
    }

    public static PolicyPart.Term unknownPeer() {
        return PolicyPart.peer(new Peer.Unknown(List.of("futurePeer")));
    }

    public static PolicyPart.Term unknownPort() {
        return PolicyPart.port(new PortMatch.Unknown(List.of("futurePort")));
    }

    public static PolicyPart.Term unknownField(String path) {
        return PolicyPart.unknown(path);
    }

    /** A port of a rule. */
    public static PolicyPart.Term port(PortMatch port) {
        return PolicyPart.port(port);
    }

    public static PolicyPart.Term tcp(int number) {
        return port(number(Protocol.TCP, number));
    }

    public static PolicyPart.Term tcp(String name) {
        return port(name(Protocol.TCP, name));
    }

    public static PolicyPart.Term udp(int number) {
        return port(number(Protocol.UDP, number));
    }

    public static PolicyPart.Term every(Protocol protocol) {
        return port(new PortMatch.EveryPort(protocol));
    }

    /** A port with {@code endPort}. */
    public static PolicyPart.Term tcp(int first, int last) {
        return port(range(first, last));
    }

    public static PortMatch number(Protocol protocol, int number) {
        return PortMatch.Numbered.of(protocol, number);
    }

    public static PortMatch name(Protocol protocol, String name) {
        return new PortMatch.Named(protocol, name);
    }

    public static PortMatch range(int first, int last) {
        return new PortMatch.Numbered(Protocol.TCP, new PortRange(first, last), true);
    }

    public static Change create(PolicyPart policy) {
        return new Change.Create(policy.policy());
    }

    public static Change update(PolicyPart before, PolicyPart after) {
        return new Change.Update(before.policy(), after.policy());
    }

    public static Change delete(PolicyPart policy) {
        return new Change.Delete(policy.policy());
    }
}
