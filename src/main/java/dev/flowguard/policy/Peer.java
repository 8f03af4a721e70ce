package dev.flowguard.policy;

import dev.flowguard.net.Cidr;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who the other side of a rule may be. */
public sealed interface Peer {
    /** Calls the function for this kind of peer. */
    <T> T match(Function<Pods, T> pods, Function<IpBlock, T> ipBlock, Function<Unknown, T> unknown);

    /** Pods by label, in the namespaces of the scope. Never a hostNetwork pod, never an address outside the cluster. */
    record Pods(NamespaceScope namespaces, LabelSelector pods) implements Peer {
        @Override
        public <T> T match(Function<Pods, T> pods, Function<IpBlock, T> ipBlock, Function<Unknown, T> unknown) {
            return pods.apply(this);
        }
    }

    /** Addresses in the block that are in none of the exceptions; each exception lies strictly inside the block. */
    record IpBlock(Cidr cidr, List<Cidr> except) implements Peer {
        public IpBlock {
            except = List.copyOf(except);
        }

        @Override
        public <T> T match(Function<Pods, T> pods, Function<IpBlock, T> ipBlock, Function<Unknown, T> unknown) {
            return ipBlock.apply(this);
        }

        /** Whether every address of the other one is in this one. */
        public boolean covers(IpBlock narrow) {
            return cidr.family() == narrow.cidr.family()
                    && cidr.range().contains(narrow.cidr.range())
                    && except.stream()
                            .allMatch(hole -> !hole.range().overlaps(narrow.cidr.range())
                                    || narrow.except.stream()
                                            .anyMatch(missing -> missing.range().contains(hole.range())));
        }

        @Override
        public String toString() {
            return except.isEmpty()
                    ? cidr.toString()
                    : cidr + " except " + except.stream().map(Cidr::toString).collect(Collectors.joining(", "));
        }
    }

    /** A peer of a kind that this version does not know: it may be anybody. */
    record Unknown(List<String> fields) implements Peer {
        public Unknown {
            fields = List.copyOf(fields);
        }

        @Override
        public <T> T match(Function<Pods, T> pods, Function<IpBlock, T> ipBlock, Function<Unknown, T> unknown) {
            return unknown.apply(this);
        }
    }
}
