package dev.flowguard.admission.decision;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.repair.AlmostMeant;
import dev.flowguard.assess.repair.NoRule;
import dev.flowguard.assess.repair.RepairSearch;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.wording.FlowWording;
import dev.flowguard.wording.KindNames;
import dev.flowguard.wording.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a change is rejected, and what would help. What would help takes long to find, and is looked for only as long as the message has
 * room for it; of flows that it has none for, programs are told which and why.
 */
final class RejectionWording {
    private static final String TO_OVERRIDE = "to override, annotate it with flowguard.dev/override: <reason>"
            + "   (needs permission \"override\" on flowcontracts)";
    private static final String PERMISSION = "permission \"override\" on flowcontracts.flowguard.dev";

    private final Decision.Judged judged;
    private final Audience audience;
    private final FlowWording wording;
    private final Snapshot after;
    private final List<FlowAssessment> broken;
    private final String waysOut;
    private final StringBuilder message;
    private final List<Wording.Cause> causes = new ArrayList<>();
    private boolean hasRoom = true;

    /** @param tool of the requester, for which a way out is named */
    RejectionWording(Decision.Judged judged, Tool tool, Audience audience) {
        this.judged = judged;
        this.audience = audience;
        this.wording = audience.flows(judged);
        this.after = judged.assessment().aftermath().cluster();
        this.broken = judged.grounds().stream().map(FlowRuling::flow).toList();
        this.waysOut = waysOut(tool);
        this.message = new StringBuilder(headline());
        tell();
        message.append("\n  ").append(waysOut);
    }

    String message() {
        return message.toString();
    }

    /** One for each flow, and then for each finding, that is a ground for the rejection; the first of them, where these are many. */
    List<Wording.Cause> causes() {
        return causes;
    }

    private void tell() {
        RepairSearch repairs = new RepairSearch(judged.assessment());
        List<Finding> mistakes = judged.deniedFindings();
        int flowsTold = 0;
        for (FlowAssessment flow : broken.subList(0, Math.min(broken.size(), audience.mostCauses()))) {
            flowsTold += tell(cause(flow, repairs)) ? 1 : 0;
        }
        int mistakesTold = 0;
        for (Finding mistake : mistakes.subList(0, Math.min(mistakes.size(), audience.mostCauses()))) {
            mistakesTold += tell(cause(mistake)) ? 1 : 0;
        }
        int untold = broken.size() - flowsTold + mistakes.size() - mistakesTold;
        if (untold > 0) {
            message.append("\n  …and ")
                    .append(Names.count(untold, mistakes.size() == mistakesTold ? "more flow" : "more ground"));
        }
    }

    private Wording.Cause cause(FlowAssessment flow, RepairSearch repairs) {
        List<String> lines = hasRoom
                ? wording.broken(
                        flow,
                        AlmostMeant.of(flow, judged.assessment().aftermath()),
                        repairs.search(flow.flow()),
                        NoRule.of(flow, Effect.NEWLY_BROKEN, after))
                : wording.broken(flow, List.of(), Optional.empty(), Optional.empty());
        return new Wording.Cause("FlowBroken", "spec", lines);
    }

    private Wording.Cause cause(Finding mistake) {
        return new Wording.Cause(
                "FindingDenied", mistake.place(), List.of(audience.finding(mistake), "  " + mistake.explanation()));
    }

    /** @return whether the message had room for it; it has for the first, and for none after one for which it had none */
    private boolean tell(Wording.Cause cause) {
        String text = "\n  " + String.join("\n  ", cause.lines());
        hasRoom &= causes.isEmpty() || message.length() + text.length() + waysOut.length() <= audience.mostCharacters();
        causes.add(cause);
        if (hasRoom) {
            message.append(text);
        }
        return hasRoom;
    }

    private String waysOut(Tool tool) {
        boolean isOfSet =
                judged.leniency().match(() -> false, o -> false, o -> false, o -> false, o -> true, () -> false);
        boolean areFirst = !isOfSet
                && !judged.grounds().isEmpty()
                && FirstPolicies.are(
                        judged.assessment().change(),
                        judged.assessment().aftermath().cluster());
        return (areFirst ? FirstPolicies.wayOut(tool) + "\n  " : "") + override(judged.leniency());
    }

    private String headline() {
        int findings = judged.deniedFindings().size();
        PolicyRef policy = judged.assessment().change().policy();
        if (!broken.isEmpty()) {
            return FlowWording.headline(broken, policy)
                    + (judged.assessment().isComplete() ? "" : " (there was no time to judge everything)");
        }
        return KindNames.of(judged.assessment().change().object()) + " has "
                + (findings == 1 ? "a mistake" : findings + " mistakes") + " that must not be made"
                + (policy.namespace().isEmpty() ? "" : " in namespace " + policy.namespace());
    }

    private static String override(Leniency leniency) {
        return leniency.match(
                () -> TO_OVERRIDE,
                overridden -> "",
                refused -> "not overridden: " + whyNot(refused),
                unconfirmed -> "",
                staged -> ChangeSetWording.refused(staged) + "\n  " + TO_OVERRIDE,
                () -> "");
    }

    private static String whyNot(Leniency.OverrideRefused refused) {
        return switch (refused.why()) {
            case NOT_PERMITTED -> refused.user() + " lacks " + PERMISSION + in(refused.namespace());
            case NOT_KNOWN ->
                "whether " + refused.user() + " has " + PERMISSION + in(refused.namespace())
                        + " could not be asked; try again";
            case KEPT ->
                "the annotation flowguard.dev/override was there before this change, and counts for one change only;"
                        + " write a new reason into it";
        };
    }

    /** Where a permission is asked for: a policy without a namespace needs it in the whole cluster. */
    private static String in(String namespace) {
        return namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace;
    }
}
