package dev.flowguard.assess.finding.chain;

import dev.flowguard.policy.chain.Mapping;
import java.util.stream.Stream;

/** Why a policy has no effect. */
final class Ignorance {
    private Ignorance() {}

    static Stream<Mapping.Ignored> of(ExaminedPolicy policy, Mapping.Ignored.Cause cause) {
        return policy.mapping()
                .<Stream<Mapping.Ignored>>match(ruled -> Stream.empty(), Stream::of, unclear -> Stream.empty())
                .filter(ignored -> ignored.cause() == cause);
    }
}
