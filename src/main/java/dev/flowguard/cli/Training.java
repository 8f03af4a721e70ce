package dev.flowguard.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What the build runs so that the JVM writes down which classes commands need: one command after the other, each begun by a comma.
 * Nobody reads what they print.
 */
final class Training {
    private static final String NEXT = ",";

    private Training() {}

    public static void main(String... arguments) {
        List<String> command = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals(NEXT)) {
                run(command);
                command.clear();
            } else {
                command.add(argument);
            }
        }
        run(command);
    }

    private static void run(List<String> command) {
        int ignored = Main.run(command.toArray(String[]::new));
    }
}
