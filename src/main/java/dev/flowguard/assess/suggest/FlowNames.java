package dev.flowguard.assess.suggest;

import dev.flowguard.contract.ContractLimits;
import dev.flowguard.contract.DnsLabel;
import java.util.HashSet;
import java.util.Set;

/** Names for the flows of one namespace: DNS labels, each used once, so that flows can be moved between its contracts. */
final class FlowNames {
    /** Leaves room for a number that tells equal names apart. */
    private static final int LONGEST_STEM = ContractLimits.FLOW_NAME - 4;

    private final Set<String> taken = new HashSet<>();

    /** @param words anything; what no label may hold becomes a dash */
    String name(String... words) {
        String stem = DnsLabel.of(String.join("-", words), LONGEST_STEM);
        String name = stem;
        for (int i = 2; !taken.add(name); i++) {
            String number = "-" + i;
            name = DnsLabel.of(stem, ContractLimits.FLOW_NAME - number.length()) + number;
        }
        return name;
    }
}
