package dev.flowguard.cluster;

import java.util.List;

/** A view with the policies of other kinds than NetworkPolicy replaced, all of them. */
public record RuledOverlay(PolicyView base, RuledPolicies ruled) implements PolicyView {
    @Override
    public List<CompiledPolicy> policiesIn(String namespace) {
        return base.policiesIn(namespace);
    }
}
