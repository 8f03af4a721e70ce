package dev.flowguard.cluster;

import java.util.List;
import java.util.Map;

/** A view with the policies of some namespaces replaced. */
public record PolicyOverlay(PolicyView base, Map<String, List<CompiledPolicy>> replaced) implements PolicyView {
    public PolicyOverlay {
        replaced = Map.copyOf(replaced);
    }

    @Override
    public List<CompiledPolicy> policiesIn(String namespace) {
        List<CompiledPolicy> policies = replaced.get(namespace);
        return policies == null ? base.policiesIn(namespace) : policies;
    }

    @Override
    public RuledPolicies ruled() {
        return base.ruled();
    }
}
