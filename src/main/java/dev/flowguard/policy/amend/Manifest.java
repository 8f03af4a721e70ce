package dev.flowguard.policy.amend;

import dev.flowguard.policy.chain.RuledRef;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whole objects as manifests have them. */
public final class Manifest {
    private Manifest() {}

    public static Map<String, Object> of(RuledRef policy, String apiVersion, Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", policy.name());
        if (!policy.isClusterScoped()) {
            metadata.put("namespace", policy.namespace());
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", apiVersion);
        manifest.put("kind", policy.kind());
        manifest.put("metadata", metadata);
        manifest.put("spec", spec);
        return manifest;
    }
}
