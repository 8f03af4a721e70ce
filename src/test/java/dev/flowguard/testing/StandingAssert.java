package dev.flowguard.testing;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.binding.Unbound;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** How a declared flow stands. */
public final class StandingAssert extends AbstractAssert<StandingAssert, FlowStanding> {
    StandingAssert(FlowStanding standing) {
        super(standing, StandingAssert.class);
    }

    public StandingAssert is(FlowState state) {
        Assertions.assertThat(actual.state()).as("state of %s", actual).isEqualTo(state);
        return this;
    }

    public StandingAssert hasPairs(int pairs) {
        Assertions.assertThat(actual.pairs()).as("pairs of %s", actual).isEqualTo(pairs);
        return this;
    }

    /** Exactly these pairs are amiss, each written {@code shop/a -> shop/b:80/TCP}. */
    public StandingAssert isAmissFor(String... pairs) {
        Assertions.assertThat(actual.examples())
                .extracting(example -> text(example.pair()))
                .containsExactlyInAnyOrder(pairs);
        return this;
    }

    public StandingAssert isUnbound(Unbound.Reason reason, Unbound.End end, String subject) {
        is(FlowState.UNBOUND);
        Assertions.assertThat(actual.unbound()).contains(new Unbound(reason, end, subject));
        return this;
    }

    static String text(Pair pair) {
        return text(pair.source()) + " -> " + text(pair.destination()) + ":"
                + pair.traffic().port();
    }

    private static String text(Endpoint end) {
        return end.match(
                pods -> pods.workload().toString(),
                addresses -> addresses.range().toString());
    }
}
