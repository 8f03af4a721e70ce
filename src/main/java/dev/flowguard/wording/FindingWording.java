package dev.flowguard.wording;

import dev.flowguard.assess.Finding;

/** What is found in a policy, where there is room for every name. */
public final class FindingWording {
    private FindingWording() {}

    /** {@code selects-nothing: NetworkPolicy shop/orders-ingress: no pod in shop has app=order; did you mean app=orders?}. */
    public static String headline(Finding finding) {
        return finding.id() + ": " + KindNames.of(finding.policy()) + ": " + finding.summary();
    }
}
