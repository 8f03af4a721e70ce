package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.Severity;
import dev.flowguard.cluster.implied.Unseen;
import java.util.List;

/**
 * What a diagnosis found, before the level is known.
 *
 * @param place the field
 * @param summaries the same in one line, from the fullest to the shortest; the first that fits is used
 * @param severity that of the kind, or less
 * @param strongest the most it may do, whatever level is chosen
 * @param premise what it rests on
 * @param remedy what to add to the policy, as YAML; empty where that would not help
 */
public record Remark(
        String place,
        List<String> summaries,
        String explanation,
        Severity severity,
        FindingLevel strongest,
        Premise premise,
        String remedy) {
    /** What must be so for a remark to hold. */
    public enum Premise {
        /** What is seen is there, and that is enough. */
        SEEN {
            @Override
            public boolean holds(Unseen unseen) {
                return true;
            }
        },
        /** The namespaces of what is seen are those that it will have. */
        PLACED {
            @Override
            public boolean holds(Unseen unseen) {
                return !unseen.rewritten();
            }
        },
        /** What is not seen is not there. */
        ALL_IS_SEEN {
            @Override
            public boolean holds(Unseen unseen) {
                return !unseen.mayMatch();
            }
        };

        public abstract boolean holds(Unseen unseen);
    }

    public Remark {
        summaries = List.copyOf(summaries);
    }

    public static Remark of(FindingKind kind, String place, String explanation, String... summaries) {
        return new Remark(place, List.of(summaries), explanation, kind.severity(), FindingLevel.DENY, Premise.SEEN, "");
    }

    public Remark asNote() {
        return new Remark(place, summaries, explanation, Severity.NOTE, strongest, premise, remedy);
    }

    /** What is missed may still be on its way, so this never rejects: objects arrive in any order. */
    public Remark unlessStillToCome() {
        return new Remark(place, summaries, explanation, severity, FindingLevel.WARN, premise, remedy);
    }

    public Remark remediedBy(String addition) {
        return new Remark(place, summaries, explanation, severity, strongest, premise, addition);
    }

    public Remark restingOn(Premise required) {
        return new Remark(place, summaries, explanation, severity, strongest, required, remedy);
    }
}
