package dev.flowguard.assess.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.FlowAssessment;
import java.util.List;

/**
 * An order of changes. Where there are obstacles it is no safe one, and the waves are as far as one gets.
 *
 * @param waves to be made one after the other
 * @param obstacles the changes that remain, and what each would cut after the waves; none where the order is safe
 * @param cutInTheEnd what is cut whatever the order, since it is broken when all is done
 * @param isComplete whether every order was ruled out where there are obstacles; else the search was given up
 * @param flows how many declared flows the changes can touch
 */
public record Plan(
        List<Wave> waves, List<Obstacle> obstacles, List<FlowAssessment> cutInTheEnd, boolean isComplete, long flows) {
    /** Steps that cut nothing in whatever order they are made. Never empty. */
    public record Wave(List<Step> steps) {
        public Wave {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A change at its place.
     *
     * @param leftOpen flows for which it is undetermined after the step whether they hold, and was not before
     */
    public record Step(Change change, List<FlowAssessment> leftOpen) {
        public Step {
            leftOpen = List.copyOf(leftOpen);
        }
    }

    /** A change that cannot be made next. */
    public record Obstacle(Change change, List<FlowAssessment> cut) {
        public Obstacle {
            cut = List.copyOf(cut);
        }
    }

    public Plan {
        waves = List.copyOf(waves);
        obstacles = List.copyOf(obstacles);
        cutInTheEnd = List.copyOf(cutInTheEnd);
    }

    public boolean isSafe() {
        return obstacles.isEmpty();
    }

    /** All steps of all waves, in order. */
    public List<Step> steps() {
        return waves.stream().flatMap(wave -> wave.steps().stream()).toList();
    }
}
