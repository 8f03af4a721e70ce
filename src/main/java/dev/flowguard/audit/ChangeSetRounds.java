package dev.flowguard.audit;

import dev.flowguard.admission.decision.ChangeSet;
import dev.flowguard.audit.event.Announcement;
import dev.flowguard.audit.event.Proof;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.PolicyRef;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells of change sets that have been incomplete for too long: their members may have cut flows that nothing will open any more. */
final class ChangeSetRounds {
    private final AtomicLong broken = new AtomicLong();
    private final Consumer<Announcement> announcing;
    private Map<PolicyRef, String> told = Map.of();

    /** @param announcing told of each such set once */
    ChangeSetRounds(MeterRegistry registry, Consumer<Announcement> announcing) {
        this.announcing = announcing;
        Gauge.builder("flowguard.change.sets.broken", broken, AtomicLong::get)
                .description("Change sets that have been incomplete for more than a minute")
                .strongReference(true)
                .register(registry);
    }

    void update(Snapshot snapshot, Instant now) {
        Map<PolicyRef, ChangeSet> found = ChangeSet.broken(snapshot, now);
        broken.set(found.size());
        Map<PolicyRef, String> ids = new HashMap<>();
        found.forEach((policy, set) -> {
            ids.put(policy, set.id());
            if (!set.id().equals(told.get(policy))) {
                announcing.accept(announcement(policy, set));
            }
        });
        told = ids;
    }

    private static Announcement announcement(PolicyRef policy, ChangeSet set) {
        return new Announcement(
                ObjectRef.of(policy),
                Proof.NONE_NEEDED,
                Announcement.Gravity.WARNING,
                "ChangeSetIncomplete",
                set.id(),
                "change set " + set.id() + " has " + set.there().size() + " of " + set.count()
                        + " policies, for more than a minute: apply the others, or delete those that are there");
    }
}
