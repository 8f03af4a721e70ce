package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.Finding;
import dev.flowguard.wording.FindingWording;
import dev.flowguard.wording.FlowWording;
import dev.flowguard.wording.ServedPorts;
import java.util.Set;

/** Whom a decision is told, and so how much room there is for it. */
enum Audience {
    /** Whoever asks through the API server, within its limits. */
    REQUESTER(3_000, Wording.MOST_WARNINGS, 100) {
        @Override
        FlowWording flows(Decision.Judged judged) {
            return new FlowWording(judged.assessment().change().policy(), served(judged));
        }

        @Override
        String finding(Finding finding) {
            return finding.message();
        }
    },
    /** Whoever reads a terminal or a page: every name is whole, and nothing is left out. */
    READER(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE) {
        @Override
        FlowWording flows(Decision.Judged judged) {
            Change change = judged.assessment().change();
            return FlowWording.inFull(Set.of(change.policy()), served(judged));
        }

        @Override
        String finding(Finding finding) {
            return FindingWording.headline(finding);
        }
    };

    private final int mostCharacters;
    private final int mostWarnings;
    private final int mostCauses;

    Audience(int mostCharacters, int mostWarnings, int mostCauses) {
        this.mostCharacters = mostCharacters;
        this.mostWarnings = mostWarnings;
        this.mostCauses = mostCauses;
    }

    /** Of a message that says why a change is rejected. */
    int mostCharacters() {
        return mostCharacters;
    }

    /** How many warnings there is room for: to word more, and look for what would help, is work for nothing. */
    int mostWarnings() {
        return mostWarnings;
    }

    /** How many flows, and how many findings, a program is told of. */
    int mostCauses() {
        return mostCauses;
    }

    abstract FlowWording flows(Decision.Judged judged);

    /** A finding in one line. */
    abstract String finding(Finding finding);

    private static ServedPorts served(Decision.Judged judged) {
        return ServedPorts.in(judged.assessment().aftermath().cluster());
    }
}
