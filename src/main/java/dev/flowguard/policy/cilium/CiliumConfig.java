package dev.flowguard.policy.cilium;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the agents are configured, as far as it bears on policies: the ConfigMap {@code kube-system/cilium-config}.
 *
 * @param settings those of {@link #KEYS} that are written there
 */
public record CiliumConfig(Map<String, String> settings) implements SideInput {
    public static final String NAMESPACE = "kube-system";
    public static final String NAME = "cilium-config";

    private static final String ENFORCEMENT = "enable-policy";
    private static final String CIDR_MATCHES = "policy-cidr-match-mode";
    private static final String NODE_SELECTORS = "enable-node-selector-labels";
    private static final String LABELS = "labels";
    private static final String LOCAL_CLUSTER = "policy-default-local-cluster";
    private static final String CLUSTER_NAME = "cluster-name";
    private static final String PROXY = "enable-l7-proxy";
    private static final String ICMP_RULES = "enable-icmp-rules";
    private static final String OPTIONAL_ISOLATION = "enable-non-default-deny-policies";

    /** The settings that are looked at. */
    public static final List<String> KEYS = List.of(
            ENFORCEMENT,
            CIDR_MATCHES,
            NODE_SELECTORS,
            LABELS,
            LOCAL_CLUSTER,
            CLUSTER_NAME,
            PROXY,
            ICMP_RULES,
            OPTIONAL_ISOLATION);

    /** What is assumed where the ConfigMap cannot be read (OTHER-POLICIES L4). */
    public static final CiliumConfig ASSUMED = new CiliumConfig(Map.of());

    /** Which endpoints policies are enforced for (OTHER-POLICIES L4). */
    public enum Enforcement {
        /** Those that a policy selects. */
        DEFAULT,
        /** All, which are closed where no policy opens them. */
        ALWAYS,
        NEVER
    }

    public CiliumConfig {
        settings = Map.copyOf(settings);
    }

    /** Of all that is written in the ConfigMap, what is looked at. */
    public static CiliumConfig of(Map<String, String> data) {
        Map<String, String> settings = new TreeMap<>(data);
        settings.keySet().retainAll(KEYS);
        return new CiliumConfig(settings);
    }

    /** That of the cluster. */
    static CiliumConfig in(Surroundings surroundings) {
        List<CiliumConfig> known = surroundings.inputs(CiliumConfig.class);
        return known.isEmpty() ? ASSUMED : known.get(0);
    }

    public Enforcement enforcement() {
        return switch (setting(ENFORCEMENT)) {
            case "always" -> Enforcement.ALWAYS;
            case "never" -> Enforcement.NEVER;
            default -> Enforcement.DEFAULT;
        };
    }

    /** Whether an address block matches nodes (OTHER-POLICIES L20). */
    public Answer blocksMatchNodes() {
        return Answer.of(words(CIDR_MATCHES).contains("nodes"));
    }

    /** Whether an address block matches pods, which it can since version 1.20 (OTHER-POLICIES L20). */
    public Answer blocksMatchPods() {
        return Answer.of(words(CIDR_MATCHES).contains("pods"));
    }

    /** Whether peers without a cluster are surely in the own one, so that no selector reaches beyond its pods (L11, L29). */
    boolean keepsToOwnCluster() {
        return setting(LOCAL_CLUSTER).equals("true");
    }

    String clusterName() {
        String name = setting(CLUSTER_NAME);
        return name.isEmpty() ? "default" : name;
    }

    boolean letsPoliciesNotIsolate() {
        return isOn(OPTIONAL_ISOLATION, true);
    }

    boolean selectsNodesByLabel() {
        return isOn(NODE_SELECTORS, false);
    }

    /** Which labels count; the list in the setting comes after those by default. */
    LabelFilter labels() {
        return LabelFilter.of(words(LABELS));
    }

    boolean accepts(CiliumPolicy.Unless setting) {
        return switch (setting) {
            case NEVER -> false;
            case NODE_SELECTORS_ARE_ON -> selectsNodesByLabel();
            case PROXY_IS_ON -> isOn(PROXY, true);
            case ICMP_RULES_ARE_ON -> isOn(ICMP_RULES, true);
        };
    }

    private boolean isOn(String key, boolean byDefault) {
        return switch (setting(key)) {
            case "" -> byDefault;
            case "true", "1", "t" -> true;
            default -> false;
        };
    }

    private List<String> words(String key) {
        return List.of(settings.getOrDefault(key, "").trim().split("[\\s,]+"));
    }

    private String setting(String key) {
        return settings.getOrDefault(key, "").trim().toLowerCase(Locale.ROOT);
    }
}
