package dev.flowguard.policy.calico;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.calico.CalicoRule.Entity;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.LabelsOfNodes;
import dev.flowguard.policy.chain.OnNodes;
import dev.flowguard.policy.chain.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whom one side of a rule means (OTHER-POLICIES K13 to K20). */
final class EntityMapping {
    private static final String HOST_ENDPOINTS = "whether the node has a host endpoint with such labels is not known";

    private final String namespace;
    private final Surroundings surroundings;
    private final PodTerms pods;

    /** @param namespace of the policy; empty for a global one */
    EntityMapping(String namespace, Surroundings surroundings) {
        this.namespace = namespace;
        this.surroundings = surroundings;
        this.pods = new PodTerms(surroundings);
    }

    /** The pods that the policy selects (K11). */
    Ends subject(CalicoPolicy.Subject subject) {
        return Ends.allOf(new Ends.Pods(), and(subjectTerms(subject, namespace)).accept(pods));
    }

    /** Whether the policy may select host endpoints beside them. */
    OnNodes onNodes(CalicoPolicy.Subject subject) {
        if (!namespace.isEmpty()) {
            return OnNodes.NEVER;
        }
        SelectorTerm term = and(subjectTerms(subject, namespace));
        return new OnHostEndpoints(
                term,
                surroundings.inputs(HostEndpointLabels.class).stream()
                        .anyMatch(endpoint -> term.matches(endpoint.labels())));
    }

    /** The terms by which a policy selects whom it is for. */
    static List<SelectorTerm> subjectTerms(CalicoPolicy.Subject subject, String namespace) {
        List<SelectorTerm> terms = new ArrayList<>();
        if (!namespace.isEmpty()) {
            terms.add(inNamespace(namespace));
        }
        if (!subject.namespaces().isAbsent()) {
            terms.add(CalicoLabels.ofNamespaces(subject.namespaces().root()));
        }
        if (!subject.serviceAccounts().isAbsent()) {
            terms.add(CalicoLabels.ofServiceAccounts(subject.serviceAccounts().root()));
        }
        terms.add(subject.pods().root());
        return terms;
    }

    Ends ends(Entity entity) {
        List<Ends> parts = new ArrayList<>();
        List<SelectorTerm> terms = terms(entity, namespace);
        if (!terms.isEmpty()) {
            parts.add(endpoints(and(terms)));
        }
        if (!entity.notSelector().isAbsent()) {
            parts.add(Ends.not(endpoints(entity.notSelector().root())));
        }
        if (!entity.nets().isEmpty()) {
            parts.add(NetworkSetEnds.addresses(entity.nets()));
        }
        if (!entity.notNets().isEmpty()) {
            parts.add(Ends.not(NetworkSetEnds.addresses(entity.notNets())));
        }
        if (!entity.service().isAbsent()) {
            parts.add(service(entity.service()));
        }
        return Ends.allOf(parts);
    }

    /** The terms by which such an end of a rule means network sets, and keeps others out. */
    static List<SelectorTerm> selecting(Entity entity, String namespace) {
        List<SelectorTerm> selecting = new ArrayList<>();
        List<SelectorTerm> terms = terms(entity, namespace);
        if (!terms.isEmpty()) {
            selecting.add(and(terms));
        }
        if (!entity.notSelector().isAbsent()) {
            selecting.add(entity.notSelector().root());
        }
        return selecting;
    }

    /** In the policy of a namespace any selector keeps to that namespace, unless a namespaceSelector says where else (K14). */
    private static List<SelectorTerm> terms(Entity entity, String namespace) {
        List<SelectorTerm> terms = new ArrayList<>();
        if (!entity.selector().isAbsent()) {
            terms.add(entity.selector().root());
        }
        if (!entity.accounts().isEmpty()) {
            terms.add(new SelectorTerm.In(CalicoLabels.SERVICE_ACCOUNT, Set.copyOf(entity.accounts())));
        }
        if (!entity.accountSelector().isAbsent()) {
            terms.add(CalicoLabels.ofServiceAccounts(entity.accountSelector().root()));
        }
        if (!entity.namespaceSelector().isAbsent()) {
            terms.add(CalicoLabels.ofNamespaces(entity.namespaceSelector().root()));
        } else if (!namespace.isEmpty()
                && (!terms.isEmpty() || !entity.notSelector().isAbsent())) {
            terms.add(inNamespace(namespace));
        }
        return terms;
    }

    /** Pods and network sets with such labels, and perhaps nodes. */
    private Ends endpoints(SelectorTerm term) {
        List<Ends> ends = new ArrayList<>();
        ends.add(Ends.allOf(new Ends.Pods(), term.accept(pods)));
        Ends ofSets = NetworkSetEnds.of(surroundings, term);
        if (!ofSets.equals(Ends.NOBODY)) {
            ends.add(ofSets);
        }
        if (!term.accept(new HostTerms(LabelsOfNodes.UNKNOWN)).isNo()) {
            ends.add(Ends.allOf(
                    new Ends.Nodes(LabelSelector.EVERYTHING, Ends.Nodes.Whose.ANY),
                    Ends.not(new Ends.Outside()),
                    new Ends.Unclear(HOST_ENDPOINTS)));
        }
        return Ends.anyOf(ends);
    }

    /** Without a namespace in the policy of a namespace the engine matches nothing, against the API's text (K20). */
    private Ends service(CalicoRule.Service service) {
        return service.namespace().isEmpty()
                ? new Ends.Unclear(
                        "in which namespace its Service is, Calico's engine and the text of its API say differently")
                : new Ends.OfService(service.namespace(), service.name());
    }

    private static SelectorTerm inNamespace(String namespace) {
        return new SelectorTerm.In(CalicoLabels.NAMESPACE, Set.of(namespace));
    }

    private static SelectorTerm and(List<SelectorTerm> terms) {
        List<SelectorTerm> flat = new ArrayList<>();
        for (SelectorTerm term : terms) {
            if (term instanceof SelectorTerm.And and) {
                flat.addAll(and.terms());
            } else {
                flat.add(term);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new SelectorTerm.And(flat);
    }
}
