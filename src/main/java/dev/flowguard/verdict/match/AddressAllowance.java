package dev.flowguard.verdict.match;

import dev.flowguard.net.AddressRange;

/** What one side lets through for some addresses outside the cluster, all alike. */
public record AddressAllowance(AddressRange range, Allowance allowance) {}
