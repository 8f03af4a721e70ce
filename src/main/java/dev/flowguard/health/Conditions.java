package dev.flowguard.health;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** All that must hold before this replica may judge changes, in the order of their names. */
@ApplicationScoped
public class Conditions {
    private final List<ReadinessCondition> conditions;

    Conditions(@All List<ReadinessCondition> conditions) {
        this.conditions = conditions.stream()
                .sorted(Comparator.comparing(ReadinessCondition::name))
                .toList();
    }

    /** What each of them says now. */
    public List<Answer> ask() {
        return conditions.stream()
                .map(condition -> new Answer(condition.name(), condition.state()))
                .toList();
    }

    /** Whether nothing is missing. */
    static boolean allHold(List<Answer> answers) {
        return answers.stream().allMatch(answer -> answer.state().holds());
    }

    /** One condition and what it said. */
    public record Answer(String name, ReadinessCondition.State state) {}
}
