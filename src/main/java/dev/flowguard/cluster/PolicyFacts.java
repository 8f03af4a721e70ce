package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.FactListener;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.SideInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What observations tell of policies of other kinds than NetworkPolicy, in their order. Not changed once it is read. */
record PolicyFacts(List<PolicySource> ruled, List<SideInput> inputs, List<ObjectRef> otherPolicies) {
    static PolicyFacts of(List<Observation> observations) {
        PolicyFacts read = new PolicyFacts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        FactListener reader = new FactListener() {
            @Override
            public void ruled(PolicySource policy) {
                read.ruled.add(policy);
            }

            @Override
            public void input(SideInput input) {
                read.inputs.add(input);
            }

            @Override
            public void otherPolicy(ObjectRef policy) {
                read.otherPolicies.add(policy);
            }
        };
        for (Observation observation : observations) {
            for (Fact fact : observation.facts()) {
                fact.accept(reader);
            }
        }
        return read;
    }

    static boolean areAllThatIsToldBy(Observation observation) {
        return observation.facts().stream()
                .allMatch(fact ->
                        fact instanceof Fact.Ruled || fact instanceof Fact.Input || fact instanceof Fact.OtherPolicy);
    }

    /**
     * These with some that stand together in place of others that do, as after a change of one object.
     *
     * @return empty where nothing tells the place of what has come
     */
    Optional<PolicyFacts> replacing(PolicyFacts gone, PolicyFacts come) {
        @Nullable List<PolicySource> ruledNow = replacing(ruled, gone.ruled, come.ruled);
        @Nullable List<SideInput> inputsNow = replacing(inputs, gone.inputs, come.inputs);
        @Nullable List<ObjectRef> otherPoliciesNow = replacing(otherPolicies, gone.otherPolicies, come.otherPolicies);
        return ruledNow == null || inputsNow == null || otherPoliciesNow == null
                ? Optional.empty()
                : Optional.of(new PolicyFacts(ruledNow, inputsNow, otherPoliciesNow));
    }

    private static <T> @Nullable List<T> replacing(List<T> all, List<T> gone, List<T> come) {
        if (gone.isEmpty()) {
            return come.isEmpty() ? all : null;
        }
        int place = place(all, gone.get(0));
        if (!all.subList(place, place + gone.size()).equals(gone)) {
            return null;
        }
        List<T> now = new ArrayList<>(all.size() - gone.size() + come.size());
        now.addAll(all.subList(0, place));
        now.addAll(come);
        now.addAll(all.subList(place + gone.size(), all.size()));
        return now;
    }

    @SuppressWarnings("ReferenceEquality") // The same object was read before, so that no field has to be compared.
    private static <T> int place(List<T> all, T wanted) {
        int place = 0;
        while (all.get(place) != wanted) {
            place++;
        }
        return place;
    }
}
