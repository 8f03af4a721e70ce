package dev.flowguard.admission.decision;

import java.time.temporal.ChronoUnit;

/** What is said about change sets. */
final class ChangeSetWording {
    private ChangeSetWording() {}

    /** For a member that was let in before the others; the remedy first, since a warning may be cut at its end. */
    static String waiting(ChangeSet set) {
        return "apply the other " + set.missing() + " of change set " + set.id() + " by "
                + set.until().truncatedTo(ChronoUnit.SECONDS) + ": until then this breaks flows";
    }

    /** For a member that was not let in. */
    static String refused(Leniency.Staged staged) {
        ChangeSet set = staged.set();
        String progress = " (" + set.there().size() + " of " + set.count() + ")";
        return switch (staged.standing()) {
            case OVER ->
                "change set " + set.id() + progress + " has been incomplete since "
                        + set.began().truncatedTo(ChronoUnit.SECONDS)
                        + ", which is too long: delete its policies, or give the set another id, and apply all of it again";
            case NOT_PERMITTED ->
                "to bring in change set " + set.id() + progress
                        + " in any order, the requester needs permission \"stage\" on flowcontracts in the namespace";
            case CUTS_MORE ->
                "of change set " + set.id() + progress
                        + " only what isolates pods that nothing isolated before may come"
                        + " before the rest: apply the other members first";
            case WAITING, COMPLETE ->
                "completes change set " + set.id() + progress
                        + ", and was judged together with its other members: it is the whole that breaks this";
        };
    }

    static String audit(Leniency.Staged staged) {
        ChangeSet set = staged.set();
        return set.id() + ", " + set.there().size() + " of " + set.count();
    }
}
