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
    REQUESTER(3_000) {
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
    READER(Integer.MAX_VALUE) {
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

    Audience(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** Of a message that says why a change is rejected. */
    int mostCharacters() {
        return mostCharacters;
    }

    abstract FlowWording flows(Decision.Judged judged);

    /** A finding in one line. */
    abstract String finding(Finding finding);

    private static ServedPorts served(Decision.Judged judged) {
        return ServedPorts.in(judged.assessment().aftermath().cluster());
    }
}
