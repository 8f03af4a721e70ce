package dev.flowguard.verdict.chain;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.PluginFamily;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts together one chain: the order of blocks is that of the policies' places, and NetworkPolicies stand in theirs (OTHER-POLICIES
 * section 5, table of X3).
 */
final class ChainMaker {
    /** What is asked at one place: policies of other kinds and NetworkPolicies. */
    private static final class Level {
        private final List<Selecting> ruled = new ArrayList<>();
        private final List<CompiledPolicy> networkPolicies = new ArrayList<>();
    }

    private record Selecting(RuledPolicy policy, Answer selects) {}

    private final CniProfile cni;
    private final Direction direction;
    private final SortedMap<Place, Level> levels = new TreeMap<>();
    private final List<CompiledPolicy> networkPolicies = new ArrayList<>();
    private final List<ObjectRef> ofOtherDirection = new ArrayList<>();

    ChainMaker(CniProfile cni, Direction direction) {
        this.cni = cni;
        this.direction = direction;
    }

    void add(RuledPolicy policy, Answer selects) {
        level(policy.place()).ruled.add(new Selecting(policy, selects));
    }

    /** A NetworkPolicy that isolates the pods in this direction, or may. */
    void add(CompiledPolicy policy) {
        networkPolicies.add(policy);
    }

    /** A NetworkPolicy selects the pods and does not isolate them in this direction. */
    void addOfOtherDirection(CompiledPolicy policy) {
        ofOtherDirection.add(ObjectRef.of(policy.policy().ref()));
    }

    /** Whether no policy of another kind than NetworkPolicy was added. */
    boolean isEmpty() {
        return levels.isEmpty();
    }

    Chain chain() {
        placeNetworkPolicies();
        SortedMap<Block, List<ChainStep>> blocks = new TreeMap<>();
        levels.forEach((place, level) -> blocks.computeIfAbsent(place.block(), block -> new ArrayList<>())
                .addAll(steps(place, level)));
        List<ChainStep> last = new ArrayList<>();
        boolean isolationIsLast = cni.family() == PluginFamily.CILIUM;
        blocks.forEach((block, steps) -> (isolationIsLast ? last : steps).addAll(isolation(block)));
        if (!ofOtherDirection.isEmpty() && networkPolicies.isEmpty()) {
            endAfterNetworkPolicies(blocks);
        }
        last.add(ChainStep.Rest.OPEN);
        List<Chain.Part> parts = new ArrayList<>();
        blocks.forEach((block, steps) -> parts.add(new Chain.Part(block.name(), steps)));
        parts.add(new Chain.Part("", last));
        return new Chain(parts);
    }

    /** All together, but for plugins that ask them one by one among policies of other kinds. */
    private void placeNetworkPolicies() {
        boolean oneByOne = levels.keySet().stream().anyMatch(ChainMaker::isAmongNetworkPolicies);
        for (CompiledPolicy policy : networkPolicies) {
            Place place = oneByOne
                    ? new Place(
                            Block.MAIN,
                            Place.OF_NETWORK_POLICIES,
                            cni.tieBreakOf(policy.policy().ref()),
                            Place.Manner.TOGETHER)
                    : Place.BESIDE_NETWORK_POLICIES;
            level(place).networkPolicies.add(policy);
        }
    }

    private static boolean isAmongNetworkPolicies(Place place) {
        return place.block().equals(Block.MAIN)
                && place.order() == Place.OF_NETWORK_POLICIES
                && place.manner() == Place.Manner.IN_ORDER;
    }

    private Level level(Place place) {
        return levels.computeIfAbsent(place, key -> new Level());
    }

    private List<ChainStep> steps(Place place, Level level) {
        return switch (place.manner()) {
            case TOGETHER -> together(level);
            case IN_ORDER -> inOrder(level);
        };
    }

    /** One step, taken apart by actions: what denies goes before what allows, and this before what passes. */
    private List<ChainStep> together(Level level) {
        List<ChainStep.OneRule> rules = level.ruled.stream()
                .flatMap(selecting -> rules(selecting).stream())
                .sorted(Comparator.comparing(step -> step.rule().action()))
                .toList();
        List<ChainStep> steps = new ArrayList<>();
        rules.stream().filter(step -> step.rule().action() == Action.DENY).forEach(steps::add);
        if (!level.networkPolicies.isEmpty()) {
            steps.add(new ChainStep.NetworkPolicies(level.networkPolicies));
        }
        rules.stream().filter(step -> step.rule().action() != Action.DENY).forEach(steps::add);
        return steps;
    }

    private List<ChainStep> inOrder(Level level) {
        List<List<ChainStep.OneRule>> each = level.ruled.stream()
                .map(this::rules)
                .filter(rules -> !rules.isEmpty())
                .toList();
        return each.size() > 1
                ? List.of(new ChainStep.Tie(each))
                : each.stream()
                        .flatMap(List::stream)
                        .<ChainStep>map(step -> step)
                        .toList();
    }

    private List<ChainStep.OneRule> rules(Selecting selecting) {
        List<ChainStep.OneRule> steps = new ArrayList<>();
        for (ChainRule rule : selecting.policy().section(direction).rules()) {
            steps.add(new ChainStep.OneRule(selecting.policy(), selecting.selects(), rule));
        }
        return steps;
    }

    /** What no rule of the block decides is denied where a policy of it isolates the pods: at most one step for sure and one that may be. */
    private List<ChainStep> isolation(Block block) {
        List<ObjectRef> surely = new ArrayList<>();
        List<ObjectRef> maybe = new ArrayList<>();
        levels.forEach((place, level) -> {
            if (place.block().equals(block)) {
                level.ruled.stream()
                        .filter(selecting ->
                                selecting.policy().section(direction).isolates())
                        .forEach(selecting ->
                                (selecting.selects().isYes() ? surely : maybe).add(Chains.object(selecting.policy())));
            }
        });
        boolean byOthers = !surely.isEmpty();
        if (block.equals(Block.MAIN)) {
            networkPolicies.forEach(policy -> (policy.policy().isUnderstood() ? surely : maybe)
                    .add(ObjectRef.of(policy.policy().ref())));
        }
        List<ChainStep> steps = new ArrayList<>();
        if (!surely.isEmpty()) {
            steps.add(new ChainStep.Rest(Action.DENY, Answer.YES, surely, !byOthers));
        } else if (!maybe.isEmpty()) {
            steps.add(new ChainStep.Rest(Action.DENY, Answer.UNKNOWN, maybe, false));
        }
        return steps;
    }

    /** Some plugins ask nothing more about pods that a NetworkPolicy selects, be it for the other direction (OTHER-POLICIES T3). */
    private void endAfterNetworkPolicies(SortedMap<Block, List<ChainStep>> blocks) {
        Answer ends = cni.networkPoliciesEndBothDirections();
        if (!ends.isNo() && blocks.keySet().stream().anyMatch(block -> block.compareTo(Block.MAIN) > 0)) {
            blocks.computeIfAbsent(Block.MAIN, block -> new ArrayList<>())
                    .add(new ChainStep.Rest(Action.ALLOW, ends, ofOtherDirection, false));
        }
    }
}
