package dev.flowguard.kubernetes.cilium;

import dev.flowguard.kubernetes.cilium.Fields.Part;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.cilium.CiliumPeers.Block;
import java.util.List;
import java.util.Optional;

/** Reads address blocks and their exceptions. */
final class BlockParts {
    private BlockParts() {}

    /** An exception may be the block itself, and leave nothing of it (OTHER-POLICIES L21, L27). */
    static Optional<String> mistakeInException(String block, String except) {
        Cidr around = Cidr.parse(block);
        Cidr within = Cidr.parse(except);
        return around.strictlyContains(within) || around.equals(within)
                ? Optional.empty()
                : Optional.of(
                        except + " does not lie in " + block + ": an exception only takes away from its own block");
    }

    static Block block(Part entry) {
        List<Cidr> except = entry.items("except").stream()
                .map(each -> Cidr.parse(each.value().asText()))
                .toList();
        if (entry.has("cidrGroupRef")) {
            return new Block.Group(entry.text("cidrGroupRef"), except);
        }
        return entry.has("cidrGroupSelector")
                ? new Block.GroupsWith(new SelectorParts(entry.field("cidrGroupSelector")).selector(), except)
                : new Block.Written(Cidr.parse(entry.text("cidr")), except);
    }
}
