package dev.flowguard.policy.calico;

import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.SideInput;

/** The labels of a service account, which its pods inherit (OTHER-POLICIES K12). One that is not known is taken for one without labels. */
public record ServiceAccountLabels(String namespace, String name, Labels labels) implements SideInput {}
