package dev.flowguard.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chance that can be repeated: the same seed throws the same. */
public final class Dice {
    private final SplittableRandom random;

    public Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From 0 to one below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Whether something happens that does so that often in a hundred times. */
    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** At most that many, each another, in any order. */
    public <T> List<T> some(List<T> choices, int most) {
        List<T> left = new ArrayList<>(choices);
        List<T> chosen = new ArrayList<>();
        int wanted = random.nextInt(most + 1);
        while (chosen.size() < wanted && !left.isEmpty()) {
            chosen.add(left.remove(random.nextInt(left.size())));
        }
        return chosen;
    }

    public <T> List<T> shuffled(List<T> things) {
        List<T> left = new ArrayList<>(things);
        List<T> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.nextInt(left.size())));
        }
        return shuffled;
    }
}
