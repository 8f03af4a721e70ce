package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.net.Address;
import dev.flowguard.policy.Peer;

/** An ipBlock in its place. */
public record BlockPeer(RuleSite rule, int index, Peer.IpBlock block) {
    /** The path of the field, as {@code spec.egress[0].to[1].ipBlock}. */
    public String place() {
        return "spec." + shortPlace() + ".ipBlock";
    }

    /** The path of the peer within the spec, as {@code egress[0].to[1]}. */
    public String shortPlace() {
        return rule.shortPlace() + "." + rule.direction().peers() + "[" + index + "]";
    }

    public boolean covers(Address address) {
        return block.cidr().contains(address) && block.except().stream().noneMatch(except -> except.contains(address));
    }

    /** Whether it holds just one address. */
    public boolean isSingle() {
        return block.cidr().range().isSingle();
    }
}
