package dev.flowguard.config;

import java.util.List;

/**
 * Something that the user gave (an option, a file, a folder) cannot be used. The message is shown as it stands, without a stack
 * trace, and the program ends with {@link #EXIT_CODE}; so it names every problem, its place and what would be right.
 */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the program exits with. */
    public static final int EXIT_CODE = 2;

    private final String message;

    public BadInput(String message) {
        super(message);
        this.message = message;
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** Several problems, a line each under a heading. */
    public static BadInput list(String heading, List<String> problems) {
        return new BadInput(heading + "\n  " + String.join("\n  ", problems));
    }

    @Override
    public String getMessage() {
        return message;
    }
}
