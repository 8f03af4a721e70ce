package dev.flowguard.verdict.reach;

import dev.flowguard.net.PortSet;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.verdict.chain.ChainWalk;
import dev.flowguard.verdict.match.Allowance;
import java.util.List;

/** As {@link ChainWalk}, for all ports at once: each set holds the ports for which that may be so. */
final class PortWalk {
    private PortSet here = PortSet.EVERY;
    private PortSet passed = PortSet.NONE;
    private PortSet allowed = PortSet.NONE;
    private PortSet denied = PortSet.NONE;

    boolean isAnyHere() {
        return !here.isEmpty();
    }

    /** @param matches the ports for which the step matches */
    void meet(Action action, Allowance matches) {
        PortSet met = here.and(matches.possible());
        if (met.isEmpty()) {
            return;
        }
        switch (action) {
            case ALLOW -> allowed = allowed.or(met);
            case DENY -> denied = denied.or(met);
            case PASS -> passed = passed.or(met);
        }
        here = here.without(matches.sure());
    }

    /** Any of these may be asked first. */
    void meetTie(List<PortWalk> policies) {
        PortSet through = PortSet.EVERY;
        for (PortWalk policy : policies) {
            allowed = allowed.or(here.and(policy.allowed));
            denied = denied.or(here.and(policy.denied));
            passed = passed.or(here.and(policy.passed));
            through = through.and(policy.here);
        }
        here = here.and(through);
    }

    void nextBlock() {
        here = here.or(passed);
        passed = PortSet.NONE;
    }

    Allowance answer() {
        return new Allowance(allowed.without(denied), allowed);
    }
}
