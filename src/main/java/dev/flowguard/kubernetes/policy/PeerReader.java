package dev.flowguard.kubernetes.policy;

import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.SelectorReader;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the peers of a rule. No peers mean anybody (SEMANTICS I9), a peer without fields is a mistake (I10). */
final class PeerReader {
    private final Notes notes;

    PeerReader(Notes notes) {
        this.notes = notes;
    }

    List<Peer> read(@Nullable List<@Nullable NetworkPolicyPeer> list, FieldPath path) {
        List<NetworkPolicyPeer> peers = Absent.asEmpty(list, NetworkPolicyPeer::new);
        List<Peer> read = new ArrayList<>(peers.size());
        for (int i = 0; i < peers.size(); i++) {
            peer(peers.get(i), path.item(i)).ifPresent(read::add);
        }
        return read;
    }

    private Optional<Peer> peer(NetworkPolicyPeer peer, FieldPath path) {
        Set<String> unknown = peer.getAdditionalProperties().keySet();
        notes.unknown(path, unknown);
        @Nullable IPBlock block = peer.getIpBlock();
        boolean selects =
                Stream.of(peer.getPodSelector(), peer.getNamespaceSelector()).anyMatch(selector -> selector != null);
        if (block != null && selects) {
            notes.problem(
                    path,
                    "has an ipBlock and a selector: make them two entries of the list, which admits either (one entry cannot"
                            + " ask for both)");
        }
        if (selects) {
            return Optional.of(pods(peer, path));
        }
        if (block != null) {
            return ipBlock(block, path.field("ipBlock"));
        }
        if (unknown.isEmpty()) {
            notes.problem(
                    path,
                    "is empty: it must have a podSelector, a namespaceSelector or an ipBlock; for anybody at all leave the"
                            + " whole list out");
            return Optional.empty();
        }
        return Optional.of(new Peer.Unknown(
                unknown.stream().map(name -> path.field(name).toString()).toList()));
    }

    /** An absent podSelector beside a namespaceSelector means every pod, an absent namespaceSelector the policy's own (P14). */
    private Peer pods(NetworkPolicyPeer peer, FieldPath path) {
        io.fabric8.kubernetes.api.model.@Nullable LabelSelector pods = peer.getPodSelector();
        io.fabric8.kubernetes.api.model.@Nullable LabelSelector namespaces = peer.getNamespaceSelector();
        SelectorReader selectors = new SelectorReader(notes);
        return new Peer.Pods(
                namespaces == null
                        ? new NamespaceScope.Own()
                        : new NamespaceScope.Matching(selectors.read(namespaces, path.field("namespaceSelector"))),
                pods == null ? LabelSelector.EVERYTHING : selectors.read(pods, path.field("podSelector")));
    }

    private Optional<Peer> ipBlock(IPBlock block, FieldPath path) {
        notes.unknown(path, block.getAdditionalProperties().keySet());
        Optional<Cidr> cidr = cidr(Absent.asEmpty(block.getCidr()), path.field("cidr"));
        List<String> exceptions = Absent.asEmpty(block.getExcept());
        List<Cidr> except = new ArrayList<>(exceptions.size());
        for (int i = 0; i < exceptions.size(); i++) {
            FieldPath at = path.field("except").item(i);
            cidr(exceptions.get(i), at)
                    .filter(exception -> cidr.isPresent() && isInside(exception, cidr.get(), at))
                    .ifPresent(except::add);
        }
        return cidr.map(known -> new Peer.IpBlock(known, except));
    }

    private Optional<Cidr> cidr(String text, FieldPath path) {
        if (text.isEmpty()) {
            notes.problem(path, "is missing: expected an address block such as 192.0.2.0/24 or 2001:db8::/32");
            return Optional.empty();
        }
        return notes.parsed(path, () -> Cidr.parse(text));
    }

    private boolean isInside(Cidr exception, Cidr block, FieldPath path) {
        if (!block.strictlyContains(exception)) {
            notes.problem(
                    path,
                    exception + " does not lie strictly inside " + block
                            + ": except a smaller block within it, or leave the entry out");
            return false;
        }
        return true;
    }
}
