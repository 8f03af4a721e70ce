package dev.flowguard.policy.chain;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/**
 * Who may fit an expression at all: pods that bear one of some marks. An equality, or an {@code in}, leaves those with its values; of
 * several that must hold together one is enough, and of several of which one must hold each has to leave some.
 */
public final class Candidates implements Ends.Cases<Optional<Set<Mark>>> {
    private final ToLongFunction<Mark> load;

    private Candidates(ToLongFunction<Mark> load) {
        this.load = load;
    }

    /**
     * Marks of which whoever fits bears at least one.
     *
     * @param load what it costs to look at all that bear a mark; the cheapest choice is made
     * @return empty where anybody may fit
     */
    public static Optional<Set<Mark>> of(Ends ends, ToLongFunction<Mark> load) {
        return ends.accept(new Candidates(load));
    }

    @Override
    public Optional<Set<Mark>> allOf(Ends.AllOf all) {
        return cheapest(
                all.parts().stream().flatMap(part -> part.accept(this).stream()).toList());
    }

    @Override
    public Optional<Set<Mark>> anyOf(Ends.AnyOf any) {
        Set<Mark> marks = new HashSet<>();
        for (Ends part : any.parts()) {
            Optional<Set<Mark>> these = part.accept(this);
            if (these.isEmpty()) {
                return Optional.empty();
            }
            marks.addAll(these.get());
        }
        return Optional.of(marks);
    }

    private Optional<Set<Mark>> cheapest(List<Set<Mark>> choices) {
        Optional<Set<Mark>> best = Optional.empty();
        long least = Long.MAX_VALUE;
        for (Set<Mark> choice : choices) {
            long sum = choice.stream().mapToLong(load).sum();
            if (sum < least) {
                best = Optional.of(choice);
                least = sum;
            }
        }
        return best;
    }

    private Optional<Set<Mark>> ofSelector(LabelSelector selector, BiFunction<String, String, Mark> mark) {
        List<Set<Mark>> choices = new ArrayList<>();
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Requirement.Operator.IN) {
                Set<Mark> marks = new HashSet<>();
                requirement.values().forEach(value -> marks.add(mark.apply(requirement.key(), value)));
                choices.add(marks);
            }
        }
        return cheapest(choices);
    }

    @Override
    public Optional<Set<Mark>> podLabels(Ends.PodLabels labels) {
        return ofSelector(labels.selector(), Mark::ofPod);
    }

    @Override
    public Optional<Set<Mark>> namespaceLabels(Ends.NamespaceLabels labels) {
        return ofSelector(labels.selector(), Mark::ofNamespace);
    }

    @Override
    public Optional<Set<Mark>> not(Ends.Not not) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> unclear(Ends.Unclear unclear) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> pods(Ends.Pods pods) {
        return Optional.empty();
    }

    /** Every namespace has the label of its name. */
    @Override
    public Optional<Set<Mark>> inNamespace(Ends.InNamespace namespace) {
        return Optional.of(Set.of(Mark.inNamespace(namespace.name())));
    }

    @Override
    public Optional<Set<Mark>> serviceAccounts(Ends.ServiceAccounts accounts) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> label(Ends.Label label) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> addresses(Ends.Addresses addresses) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> family(Ends.OfFamily family) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> nodes(Ends.Nodes nodes) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> outside(Ends.Outside outside) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> apiServer(Ends.ApiServer server) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Mark>> service(Ends.OfService service) {
        return Optional.empty();
    }
}
