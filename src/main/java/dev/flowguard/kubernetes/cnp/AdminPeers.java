package dev.flowguard.kubernetes.cnp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.chain.UnreadablePart;
import dev.flowguard.policy.cnp.AdminPeer;
import java.util.ArrayList;
import java.util.List;

/**
 * The peers of a rule of which the schema is known to hold.
 *
 * @param unknown the paths of those of which no field is known
 */
record AdminPeers(List<AdminPeer> peers, List<String> unknown) {
    static AdminPeers read(JsonNode written, FieldPath path) {
        List<AdminPeer> peers = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            JsonNode peer = written.get(i);
            List<UnreadablePart> mistakes = mistakes(peer, path.item(i));
            if (!mistakes.isEmpty()) {
                peers.add(new AdminPeer.Unreadable(mistakes));
            } else if (peer.hasNonNull("namespaces")) {
                peers.add(
                        new AdminPeer.Pods(SelectorTree.read(peer.path("namespaces")), LabelSelector.EVERYTHING, true));
            } else if (peer.hasNonNull("pods")) {
                peers.add(new AdminPeer.Pods(
                        SelectorTree.read(peer.path("pods").path("namespaceSelector")),
                        SelectorTree.read(peer.path("pods").path("podSelector")),
                        false));
            } else if (peer.hasNonNull("networks")) {
                peers.add(new AdminPeer.Networks(
                        texts(peer.path("networks")).stream().map(Cidr::parse).toList()));
            } else if (peer.hasNonNull("nodes")) {
                peers.add(new AdminPeer.Nodes(SelectorTree.read(peer.path("nodes"))));
            } else if (peer.hasNonNull("domainNames")) {
                peers.add(new AdminPeer.Domains(texts(peer.path("domainNames"))));
            } else {
                List<String> fields = new ArrayList<>();
                peer.fieldNames().forEachRemaining(fields::add);
                peers.add(new AdminPeer.Unknown(fields));
                unknown.add(path.item(i).toString());
            }
        }
        return new AdminPeers(peers, unknown);
    }

    private static List<UnreadablePart> mistakes(JsonNode peer, FieldPath path) {
        List<UnreadablePart> mistakes = new ArrayList<>(SelectorTree.mistakesInPods(peer, path));
        mistakes.addAll(SelectorTree.mistakes(peer.path("nodes"), path.field("nodes")));
        return mistakes;
    }

    /** Whether the field belongs to such a peer, of which is known what becomes. */
    boolean isOfUnknown(String field) {
        return unknown.stream().anyMatch(peer -> field.startsWith(peer + "."));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
