package dev.flowguard.audit;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.audit.api.Leadership;
import dev.flowguard.audit.event.Announcement;
import dev.flowguard.audit.event.Proof;
import dev.flowguard.audit.status.ContractStatus;
import dev.flowguard.audit.status.FlowStatus;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.audit.status.StatusJudgement;
import dev.flowguard.audit.status.StatusQueue;
import dev.flowguard.audit.status.StatusWording;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.wording.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Says what has changed for better or worse. For a contract it is the change of its status that is told, by the one who made it: so
 * nothing is told twice, not after a restart either. Flows that annotations declare have no status to compare with: what was so before
 * this process began is not told.
 */
final class Announcer implements StatusQueue.Listener, Reconciler.Listener {
    private record FlowKey(ContractSource source, String flow) {}

    private final Consumer<Announcement> events;
    private final Leadership leadership;
    private Map<FlowKey, FlowStatus> annotated = Map.of();

    /** Of those that were there at first, the ones that have been judged once, so that what comes next is news. */
    private final Set<ContractSource> met = new HashSet<>();

    Announcer(Consumer<Announcement> events, Leadership leadership) {
        this.events = events;
        this.leadership = leadership;
    }

    @Override
    public void written(SeenContract before, ContractStatus after) {
        ContractSource source = ContractSource.resource(before.object());
        Changes changes = new Changes(source);
        after.flows().forEach(flow -> changes.compare(before.status().flow(flow.name()), flow));
        changes.tell();
    }

    @Override
    public void audited(Audit audit) {
        Map<FlowKey, FlowStatus> now = new HashMap<>();
        StatusWording wording = new StatusWording(audit.snapshot());
        for (Audit.Judged each : audit.contracts()) {
            ContractSource source = each.contract().source();
            if (source.isAnnotation()) {
                Changes changes = new Changes(source);
                for (FlowStanding standing : each.standings()) {
                    FlowStatus flow = StatusJudgement.flow(standing, Instant.EPOCH, wording, source.homeNamespace());
                    FlowKey key = new FlowKey(source, flow.name());
                    changes.compare(Optional.ofNullable(annotated.get(key)), flow);
                    now.put(key, flow);
                }
                boolean isNews = !audit.wasThereAtFirst(source) || !met.add(source);
                if (isNews && leadership.isLeader()) {
                    changes.tell();
                }
            }
        }
        annotated = now;
    }

    /** The changes of one contract's flows. */
    private final class Changes {
        private final ContractSource source;
        private final Map<ObjectRef, List<String>> broken = new LinkedHashMap<>();
        private final Map<ObjectRef, List<String>> repaired = new LinkedHashMap<>();
        private final Stream.Builder<Announcement> told = Stream.builder();

        Changes(ContractSource source) {
            this.source = source;
        }

        void compare(Optional<FlowStatus> before, FlowStatus after) {
            boolean was = before.filter(FlowStatus::isBroken).isPresent();
            if (after.isBroken() && !was) {
                tell(Announcement.Gravity.WARNING, "FlowBroken", after, " is broken: " + after.message());
                note(broken, after);
            } else if (was && !after.isBroken()) {
                boolean works = after.state() == FlowState.SATISFIED;
                tell(
                        Announcement.Gravity.NORMAL,
                        works ? "FlowRepaired" : "FlowNotBroken",
                        after,
                        works
                                ? " is satisfied again"
                                : " is no longer broken, but " + after.state().word() + ": " + after.message());
                before.ifPresent(flow -> note(repaired, flow));
            }
        }

        private void tell(Announcement.Gravity gravity, String reason, FlowStatus flow, String text) {
            told.add(new Announcement(
                    source.object(),
                    Proof.NONE_NEEDED,
                    gravity,
                    reason,
                    flow.name(),
                    "flow " + flow.name() + (source.isAnnotation() ? " (annotation " + source.annotation() + ")" : "")
                            + text));
        }

        private void note(Map<ObjectRef, List<String>> policies, FlowStatus flow) {
            flow.blockedBy().stream()
                    .map(FlowStatus.Blocker::policy)
                    .distinct()
                    .forEach(policy -> policies.computeIfAbsent(policy, key -> new ArrayList<>())
                            .add(flow.name()));
        }

        void tell() {
            told.build().forEach(events);
            broken.forEach((policy, flows) -> events.accept(onPolicy(
                    policy, Announcement.Gravity.WARNING, "BreaksFlow", "blocks " + flows(flows) + " of " + source)));
            repaired.forEach((policy, flows) -> events.accept(onPolicy(
                    policy,
                    Announcement.Gravity.NORMAL,
                    "NoLongerBreaksFlow",
                    "no longer blocks " + flows(flows) + " of " + source)));
        }

        private Announcement onPolicy(ObjectRef policy, Announcement.Gravity gravity, String reason, String text) {
            return new Announcement(policy, Proof.NONE_NEEDED, gravity, reason, source.toString(), text);
        }

        private static String flows(List<String> names) {
            return (names.size() == 1 ? "flow " : "flows ") + Names.some(names);
        }
    }
}
