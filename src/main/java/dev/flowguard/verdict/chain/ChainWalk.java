package dev.flowguard.verdict.chain;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Action;
import java.util.List;

/** How far one kind of traffic may have come in a chain, and how it may have been decided: all ways at once. */
public final class ChainWalk {
    /** Whether the traffic may have reached this point of the block. */
    private boolean here = true;

    /** Whether it may have been passed to the next block. */
    private boolean passed;

    private boolean allowed;
    private boolean denied;

    public boolean isHere() {
        return here;
    }

    /** @param matches whether the step that does this matches */
    public void meet(Action action, Answer matches) {
        if (!here || matches.isNo()) {
            return;
        }
        switch (action) {
            case ALLOW -> allowed = true;
            case DENY -> denied = true;
            case PASS -> passed = true;
        }
        here = !matches.isYes();
    }

    /** Any of these may be asked first, so each may decide; only what may slip through all of them goes on. */
    public void meetTie(List<ChainWalk> policies) {
        boolean through = true;
        for (ChainWalk policy : policies) {
            allowed |= here && policy.allowed;
            denied |= here && policy.denied;
            passed |= here && policy.passed;
            through &= policy.here;
        }
        here &= through;
    }

    public void nextBlock() {
        here |= passed;
        passed = false;
    }

    /** How it ends. The last step of a chain leaves nothing over. */
    public Answer answer() {
        return allowed && denied ? Answer.UNKNOWN : Answer.of(allowed);
    }
}
