package dev.flowguard.policy.cilium;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.SideInput;
import java.util.List;

/** A CiliumCIDRGroup: address blocks under a name. */
public record CidrGroup(String name, Labels labels, List<Cidr> blocks) implements SideInput {
    public static final String KIND = "CiliumCIDRGroup";

    public CidrGroup {
        blocks = List.copyOf(blocks);
    }
}
