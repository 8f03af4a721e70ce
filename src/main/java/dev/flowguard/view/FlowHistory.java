package dev.flowguard.view;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.wording.KindNames;
import dev.flowguard.wording.Names;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Since when flows stand as they do, as far as was seen while the page was served, and which policies changed just then, and at whose request. */
final class FlowHistory {
    private static final String DELETION = "deletion of ";

    private final Clock clock;
    private final Map<String, Turn> turns = new HashMap<>();
    private @Nullable Snapshot last;

    /** @param since empty where it was so when it was first looked at */
    private record Turn(String state, String since, String by) {}

    FlowHistory(Clock clock) {
        this.clock = clock;
    }

    /**
     * The rows of the cluster as it is, with what is known of their past.
     *
     * @param recorded by others, before the page was served; asked for once
     * @param decisions of the webhook, the newest first
     */
    synchronized List<FlowRow> tell(
            Snapshot cluster, List<FlowRow> rows, Supplier<List<RecordedFlow>> recorded, List<PastDecision> decisions) {
        String by = last == null
                ? ""
                : Names.some(changes(last, cluster).stream()
                        .map(change -> requested(change, decisions))
                        .toList());
        boolean first = last == null;
        last = cluster;
        String now = clock.instant().toString();
        List<RecordedFlow> known = first ? recorded.get() : List.of();
        return rows.stream()
                .map(row -> {
                    @Nullable Turn turn = turns.get(row.key());
                    if (turn == null || !turn.state().equals(row.state())) {
                        turn = first ? recorded(row, known) : new Turn(row.state(), now, by);
                        turns.put(row.key(), turn);
                    }
                    return row.with(turn.since(), turn.by());
                })
                .toList();
    }

    private static Turn recorded(FlowRow row, List<RecordedFlow> recorded) {
        return recorded.stream()
                .filter(each -> each.isOf(row))
                .findFirst()
                .map(each -> new Turn(row.state(), each.since(), each.by()))
                .orElseGet(() -> new Turn(row.state(), "", ""));
    }

    /** With who asked for it, where the webhook has let it pass. */
    private static String requested(String change, List<PastDecision> decisions) {
        return decisions.stream()
                .filter(each -> !each.decision().equals("Rejected")
                        && each.what()
                                .endsWith(" " + change.substring(change.startsWith(DELETION) ? DELETION.length() : 0)))
                .findFirst()
                .map(each -> change + ", asked for by " + each.user())
                .orElse(change);
    }

    private static List<String> changes(Snapshot before, Snapshot after) {
        List<String> changes = new ArrayList<>();
        SortedSet<String> namespaces = new TreeSet<>();
        after.namespaces().forEach(shard -> namespaces.add(shard.name()));
        before.namespaces().forEach(shard -> namespaces.add(shard.name()));
        for (String name : namespaces) {
            List<CompiledPolicy> was = policies(before.namespace(name));
            List<CompiledPolicy> is = policies(after.namespace(name));
            if (was != is) {
                is.stream()
                        .filter(each ->
                                was.stream().noneMatch(old -> old.policy().equals(each.policy())))
                        .forEach(each ->
                                changes.add("NetworkPolicy " + each.policy().ref()));
                was.stream()
                        .filter(each -> is.stream()
                                .noneMatch(later -> later.policy()
                                        .ref()
                                        .equals(each.policy().ref())))
                        .forEach(each -> changes.add(
                                DELETION + "NetworkPolicy " + each.policy().ref()));
            }
        }
        Set<RuledRef> left = after.ruled().all().stream().map(RuledPolicy::ref).collect(Collectors.toSet());
        after.ruled().alteredSince(before.ruled()).stream()
                .map(RuledPolicy::ref)
                .distinct()
                .forEach(ref -> changes.add((left.contains(ref) ? "" : DELETION) + KindNames.of(ObjectRef.of(ref))));
        return changes;
    }

    private static List<CompiledPolicy> policies(Optional<NamespaceShard> shard) {
        return shard.map(NamespaceShard::policies).orElse(List.of());
    }
}
