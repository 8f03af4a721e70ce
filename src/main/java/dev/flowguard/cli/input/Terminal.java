package dev.flowguard.cli.input;

import java.io.Console;

/** Whether somebody sits before a terminal and sees what is written. */
final class Terminal {
    private Terminal() {}

    static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** From JDK 22 on there can be a console without a terminal, which says so; before, there was not. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
