package dev.flowguard.cluster.implied;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.policy.LabelSelector;
import java.util.Collection;
import java.util.List;

/**
 * All of one namespace that implied flows follow from; where it is the same, so are they.
 *
 * @param tokenHolders who may have a token for the API server, as far as the namespace itself says
 * @param entrances the pods of ingress controllers
 */
public record Needs(
        NamespaceEntry namespace,
        List<Implication> implications,
        Collection<ServiceEntry> services,
        List<TokenHolder> tokenHolders,
        List<Entrance> entrances) {
    /**
     * The pods of an owner, and the ingress controller that they are.
     *
     * @param nodes on which they run, where they use the nodes' network
     */
    public record Entrance(String controller, Owner owner, LabelSelector nodes) {}

    /** The pods of an owner, and the account that they run as. */
    public record TokenHolder(Owner owner, String account) {}

    public Needs {
        implications = List.copyOf(implications);
        services = List.copyOf(services);
        tokenHolders = List.copyOf(tokenHolders);
        entrances = List.copyOf(entrances);
    }

    /** @param implications all but the identities, which are told by their token holders */
    public static Needs of(NamespaceShard shard, List<Implication> implications, Identities identities) {
        return new Needs(
                shard.entry(),
                implications.stream()
                        .filter(implication -> !(implication instanceof Implication.Identity))
                        .toList(),
                shard.services(),
                identities.holders(shard),
                IngressControllers.in(shard, identities));
    }
}
