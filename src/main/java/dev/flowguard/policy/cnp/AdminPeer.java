package dev.flowguard.policy.cnp;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.chain.UnreadablePart;
import java.util.List;
import java.util.function.Function;

/** Who the other side of an administrator's rule may be. */
public sealed interface AdminPeer {
    <T> T match(
            Function<Pods, T> pods,
            Function<Networks, T> networks,
            Function<Nodes, T> nodes,
            Function<Domains, T> domains,
            Function<Unknown, T> unknown,
            Function<Unreadable, T> unreadable);

    /**
     * Pods by labels; never those on the host network, and nothing outside the cluster.
     *
     * @param wholeNamespaces whether only namespaces are asked for, to which a plugin may count more than pods
     */
    record Pods(LabelSelector namespaces, LabelSelector pods, boolean wholeNamespaces) implements AdminPeer {
        /** Whether it asks for something, and what has no labels at all fits (OTHER-POLICIES L11). */
        public boolean onlyExcludes() {
            return namespaces.onlyExcludes() && (pods.selectsEverything() || pods.onlyExcludes());
        }

        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<Networks, T> networks,
                Function<Nodes, T> nodes,
                Function<Domains, T> domains,
                Function<Unknown, T> unknown,
                Function<Unreadable, T> unreadable) {
            return pods.apply(this);
        }
    }

    /** Addresses, be they of pods or outside. */
    record Networks(List<Cidr> blocks) implements AdminPeer {
        public Networks {
            blocks = List.copyOf(blocks);
        }

        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<Networks, T> networks,
                Function<Nodes, T> nodes,
                Function<Domains, T> domains,
                Function<Unknown, T> unknown,
                Function<Unreadable, T> unreadable) {
            return networks.apply(this);
        }
    }

    /** Nodes by labels. */
    record Nodes(LabelSelector labels) implements AdminPeer {
        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<Networks, T> networks,
                Function<Nodes, T> nodes,
                Function<Domains, T> domains,
                Function<Unknown, T> unknown,
                Function<Unreadable, T> unreadable) {
            return nodes.apply(this);
        }
    }

    /** What DNS answers for these names. */
    record Domains(List<String> names) implements AdminPeer {
        public Domains {
            names = List.copyOf(names);
        }

        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<Networks, T> networks,
                Function<Nodes, T> nodes,
                Function<Domains, T> domains,
                Function<Unknown, T> unknown,
                Function<Unreadable, T> unreadable) {
            return domains.apply(this);
        }
    }

    /** A peer with no field that this version knows. */
    record Unknown(List<String> fields) implements AdminPeer {
        public Unknown {
            fields = List.copyOf(fields);
        }

        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<Networks, T> networks,
                Function<Nodes, T> nodes,
                Function<Domains, T> domains,
                Function<Unknown, T> unknown,
                Function<Unreadable, T> unreadable) {
            return unknown.apply(this);
        }
    }

    /** A peer that the API server takes, whatever it says, and that nobody can read. */
    record Unreadable(List<UnreadablePart> parts) implements AdminPeer {
        public Unreadable {
            parts = List.copyOf(parts);
        }

        @Override
        public <T> T match(
                Function<Pods, T> pods,
                Function<Networks, T> networks,
                Function<Nodes, T> nodes,
                Function<Domains, T> domains,
                Function<Unknown, T> unknown,
                Function<Unreadable, T> unreadable) {
            return unreadable.apply(this);
        }
    }
}
