package dev.flowguard.policy.amend;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Peer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Peers of NetworkPolicies as manifests have them. */
public final class WrittenPeer {
    private WrittenPeer() {}

    public static Map<String, Object> of(Peer peer) {
        Map<String, Object> written = new LinkedHashMap<>();
        return peer.match(
                pods -> {
                    pods.namespaces()
                            .match(
                                    () -> written,
                                    in -> written.put("namespaceSelector", WrittenSelector.of(in.selector())));
                    if (written.isEmpty() || !pods.pods().selectsEverything()) {
                        written.put("podSelector", WrittenSelector.of(pods.pods()));
                    }
                    return written;
                },
                block -> {
                    Map<String, Object> ipBlock = new LinkedHashMap<>();
                    ipBlock.put("cidr", block.cidr().toString());
                    if (!block.except().isEmpty()) {
                        ipBlock.put(
                                "except",
                                block.except().stream().map(Cidr::toString).toList());
                    }
                    written.put("ipBlock", ipBlock);
                    return written;
                },
                unknown -> written);
    }
}
