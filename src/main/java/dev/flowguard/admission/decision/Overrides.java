package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import dev.flowguard.wording.FlowWording;
import java.util.List;

/** The override that a decision rests on, if it does. */
public final class Overrides {
    private Overrides() {}

    /** One or none. */
    public static List<OverrideListener.Overridden> in(Decision decision, Change change, Requester requester) {
        return decision.match(
                passed -> List.of(),
                notReady -> List.of(),
                judged -> judged.leniency()
                        .match(
                                List::of,
                                overridden -> List.of(new OverrideListener.Overridden(
                                        change,
                                        requester.username(),
                                        overridden.reason(),
                                        judged.grounds().stream()
                                                .map(ruling -> FlowWording.shortName(
                                                        ruling.flow().flow()))
                                                .toList())),
                                refused -> List.of(),
                                unconfirmed -> List.of(),
                                staged -> List.of(),
                                List::of));
    }
}
