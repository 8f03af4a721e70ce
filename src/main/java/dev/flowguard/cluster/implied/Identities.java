package dev.flowguard.cluster.implied;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.LabelSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** As whom the pods of one namespace run, and how they resolve names. */
public final class Identities {
    private final Map<Owner, Implication.Identity> unusual = new HashMap<>();
    private final Set<String> withoutToken = new HashSet<>();

    private Identities() {}

    /** @param topmost who in the end makes the pods of an owner */
    public static Identities of(List<Implication> implications, UnaryOperator<Owner> topmost) {
        Identities identities = new Identities();
        Implication.Visitor reader = new Implication.Visitor() {
            @Override
            public void identity(Implication.Identity identity) {
                identities.unusual.put(topmost.apply(identity.owner()), identity);
            }

            @Override
            public void account(Implication.Account account) {
                identities.withoutToken.add(account.name().name());
            }
        };
        implications.forEach(implication -> implication.accept(reader));
        return identities;
    }

    /** The owners on the pod network whose pods get a token. */
    List<Needs.TokenHolder> holders(NamespaceShard shard) {
        List<Needs.TokenHolder> holders = new ArrayList<>();
        for (Workload workload : shard.workloads(shard.podNetwork())) {
            for (Owner owner : workload.owners()) {
                if (hasToken(owner)) {
                    holders.add(new Needs.TokenHolder(owner, account(owner)));
                }
            }
        }
        return holders.stream().distinct().toList();
    }

    /** The workloads that ask other resolvers than the cluster's, or none: all that make their pods say so. */
    public WorkloadSet resolvingElsewhere(NamespaceShard shard) {
        return unusual.isEmpty()
                ? WorkloadSet.EMPTY
                : shard.keeping(
                        shard.podNetwork(),
                        workload -> workload.owners().stream().allMatch(this::resolvesElsewhere));
    }

    /** On which the owner's pods run, where they use the nodes' network. */
    LabelSelector nodes(Owner owner) {
        Implication.@Nullable Identity identity = unusual.get(owner);
        return identity == null ? LabelSelector.EVERYTHING : identity.nodes();
    }

    private boolean resolvesElsewhere(Owner owner) {
        Implication.@Nullable Identity identity = unusual.get(owner);
        return identity != null && identity.resolvesElsewhere();
    }

    private String account(Owner owner) {
        Implication.@Nullable Identity identity = unusual.get(owner);
        return identity == null ? Implication.AccountName.DEFAULT : identity.account();
    }

    private boolean hasToken(Owner owner) {
        Implication.@Nullable Identity identity = unusual.get(owner);
        Implication.Identity.Token token =
                identity == null ? Implication.Identity.Token.AS_THE_ACCOUNT_SAYS : identity.token();
        return switch (token) {
            case MOUNTED -> true;
            case NOT_MOUNTED -> false;
            case AS_THE_ACCOUNT_SAYS -> !withoutToken.contains(account(owner));
        };
    }
}
