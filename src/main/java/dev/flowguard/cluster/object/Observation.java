package dev.flowguard.cluster.object;

import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.chain.PolicySource;
import java.util.ArrayList;
import java.util.List;

/** What is now known of one object, in place of all that was known of it before. An object that is gone tells nothing. */
public record Observation(ObjectRef object, List<Fact> facts) {
    public Observation {
        facts = List.copyOf(facts);
    }

    public static Observation gone(ObjectRef object) {
        return new Observation(object, List.of());
    }

    /** Whether there is no such object, as far as is known. */
    public boolean isGone() {
        return facts.isEmpty();
    }

    /** What the object declares, as a contract resource or by its annotations. */
    public List<Contract> contracts() {
        List<Contract> contracts = new ArrayList<>();
        FactListener listener = new FactListener() {
            @Override
            public void contract(Contract contract) {
                contracts.add(contract);
            }
        };
        facts.forEach(fact -> fact.accept(listener));
        return contracts;
    }

    /** Whether it is a policy of another kind than NetworkPolicy, or something on which the meaning of such policies may depend. */
    public boolean bearsOnPolicies() {
        return facts.stream()
                .anyMatch(fact ->
                        fact instanceof Fact.Ruled || fact instanceof Fact.Input || fact instanceof Fact.OtherPolicy);
    }

    /** The policy of another kind than NetworkPolicy, if the object is one: a list of it alone. */
    public List<PolicySource> policySources() {
        List<PolicySource> sources = new ArrayList<>();
        FactListener listener = new FactListener() {
            @Override
            public void ruled(PolicySource policy) {
                sources.add(policy);
            }
        };
        facts.forEach(fact -> fact.accept(listener));
        return sources;
    }

    /**
     * Whether it is of an API of policies: a policy of another kind than NetworkPolicy, or what only such policies refer to. What bears on
     * them and is there for others too, such as a ServiceAccount, is not.
     */
    public boolean isOfPolicies() {
        return bearsOnPolicies() && !object.kind().equals("ServiceAccount");
    }

    /** The policy, if the object is one: a list of it alone. */
    public List<Policy> policies() {
        List<Policy> policies = new ArrayList<>();
        FactListener listener = new FactListener() {
            @Override
            public void policy(Policy policy) {
                policies.add(policy);
            }
        };
        facts.forEach(fact -> fact.accept(listener));
        return policies;
    }

    /** The namespace, if the object is one: a list of it alone. */
    public List<NamespaceEntry> namespaces() {
        List<NamespaceEntry> namespaces = new ArrayList<>();
        FactListener listener = new FactListener() {
            @Override
            public void namespace(NamespaceEntry namespace) {
                namespaces.add(namespace);
            }
        };
        facts.forEach(fact -> fact.accept(listener));
        return namespaces;
    }
}
